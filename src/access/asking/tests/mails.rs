//! Messages are found in whatever mail programs make of them, and never where there is none.

use data_encoding::{BASE64_MIME, BASE64URL_NOPAD};

use super::messages::{sealed, sealed_with};
use crate::access::asking::armour::{MOST, TooMany, found_in};
use crate::access::asking::mail::{LONGEST, TooMuch, read};
use crate::access::asking::message::{Message, Unreadable};
use crate::sealed_answers::{checked, plain};

pub(super) fn message(seed: u8) -> Message {
    sealed(&sealed_with(), &plain(u64::from(seed), &[(2, 2)], ""), seed)
}

/// A message in whose letters this stands, since mail programs change it.
fn message_with(part: &str) -> Message {
    let letters = |seed: u8| BASE64URL_NOPAD.encode(message(seed).bytes());
    let seed = (1..=255).find(|seed| letters(*seed).contains(part));
    message(seed.expect("one of so many holds it"))
}

fn letters(message: &Message) -> String {
    BASE64URL_NOPAD.encode(message.bytes())
}

#[track_caller]
fn assert_found(text: &str, expected: &[&Message]) {
    let found = found_in(text).unwrap();
    let found: Vec<&Message> = found.iter().map(|found| found.as_ref().unwrap()).collect();
    assert_eq!(found, expected);
}

#[test]
fn messages_outlast_what_is_done_to_text() {
    let message = message_with("--");
    let text = message.armoured();
    let lines = |of: &dyn Fn(&str) -> String| text.lines().map(of).collect::<String>();
    let unix = text.replace("\r\n", "\n");
    let soft: String = text.chars().flat_map(|letter| [letter, '\u{ad}']).collect();
    let hidden: String = text
        .chars()
        .flat_map(|letter| [letter, '\u{200b}', '\u{200e}'])
        .collect();
    for mangled in [
        text.clone(),
        unix.clone(),
        text.replace("\r\n", "\r"),
        text.replace("\r\n", " "),
        text.replace("\r\n", ""),
        text.replace("\r\n", "\u{a0}\r\n"),
        text.replace("\r\n", "\r\n\r\n"),
        text.replace("\r\n", "=\r\n"),
        lines(&|line| format!("> {line}\n")),
        lines(&|line| format!("> > >{line}\n")),
        lines(&|line| format!("| {line}\r\n")),
        lines(&|line| format!("   \u{a0}> \t{line}   \n")),
        lines(&|line| format!("{line:>100}\n")),
        lines(&|line| line.chars().map(|letter| format!("{letter}\n")).collect()),
        soft,
        hidden,
        text.replace('-', "\u{2010}"),
        text.replace('-', "\u{2011}"),
        text.replace('-', "\u{2212}"),
        text.replace('-', "\u{2013}"),
        text.replacen("--", "\u{2014}", 1),
        text.replacen("--", "\u{2013}", 1),
        format!("\u{feff}Dear coach,\n\nhere it is. {unix}Best wishes\nPriya"),
        format!("Dear coach {}", letters(&message)),
        letters(&message),
        lines(&|line| {
            if line.starts_with('[') {
                String::new()
            } else {
                format!("{line}\n")
            }
        }),
        text.replace("[loggia answers 1]", "[ loggia  answers 1 ]"),
        text.replace("\r\n[end]\r\n", "\r\nBest wishes"),
        text.replace("[end]", ""),
    ] {
        assert_found(&mangled, &[&message]);
    }
}

#[test]
fn dashes_are_tried_as_two_four_times() {
    // Of all hyphens, those that stand in pairs become one dash, and the others one each.
    let dashed = (1..=255).map(message).find(|message| {
        let letters = letters(message);
        let pairs = letters.matches("--").count();
        (1..=4).contains(&pairs) && letters.matches('-').count() - pairs <= 26
    });
    let message = dashed.expect("one of so many has few enough");
    let text = letters(&message)
        .replace("--", "\u{2014}")
        .replace('-', "\u{2014}");
    assert_found(&format!("[loggia answers 1]\n{text}\n[end]"), &[&message]);
}

#[test]
fn several_are_each_on_their_own() {
    let (one, two) = (message(1), message(2));
    let text = format!("{}> {}{}", one.armoured(), two.armoured(), one.armoured());
    assert_found(&text, &[&one, &two, &one]);
    let without_marks = format!("{}\n\n{}.", letters(&one), letters(&two));
    assert_found(&without_marks, &[&one, &two]);
    let run_together = format!("{}\n{}", letters(&one), letters(&two));
    assert_found(&run_together, &[&one, &two]);
    let cut = &one.armoured()[..700];
    let found = found_in(&format!("{cut}\n{}", two.armoured())).unwrap();
    assert!(
        matches!(found[..], [Err(Unreadable::Cut(_)), Ok(_)]),
        "{found:?}"
    );
}

#[test]
fn whatever_begins_like_a_message_is_said() {
    let text = message(3).armoured();
    let first = text.find("\r\n").unwrap() + 2;
    let cut = text
        .lines()
        .take(13)
        .map(|line| format!("{line}\r\n"))
        .collect::<String>();
    let mut damaged = text.clone().into_bytes();
    damaged[first + 500] = if damaged[first + 500] == b'x' {
        b'y'
    } else {
        b'x'
    };
    let damaged = String::from_utf8(damaged).unwrap();
    let version_two = {
        let mut bytes = message(3).bytes()[..1058].to_vec();
        bytes[0] = 2;
        Message::of_tests(&checked(bytes)).armoured()
    };
    for (text, reason) in [
        (cut.clone(), Unreadable::Cut(864)),
        (
            cut.replace("[loggia answers 1]", "") + "[end]",
            Unreadable::Cut(864),
        ),
        ("[loggia answers 1]".to_owned(), Unreadable::Cut(0)),
        ("[loggia answers 1".to_owned(), Unreadable::Cut(0)),
        (damaged.clone(), Unreadable::Damaged),
        (
            damaged.replace("[loggia answers 1]", ""),
            Unreadable::Damaged,
        ),
        (
            damaged
                .replace("[loggia answers 1]", "")
                .replace("[end]", ""),
            Unreadable::Damaged,
        ),
        (text.replace("answers 1", "answers 2"), Unreadable::Version),
        (text.replace("answers 1", "answers 11"), Unreadable::Version),
        (version_two, Unreadable::Version),
    ] {
        assert_eq!(found_in(&text), Ok(vec![Err(reason)]), "{text}");
    }
    for nothing in [
        "",
        "Dear coach,\nI could not open it.",
        "[end]",
        "[loggia]",
        "AQ",
        &"x".repeat(1416),
        &"-".repeat(20_000),
    ] {
        assert_eq!(found_in(nothing), Ok(vec![]), "{nothing}");
    }
}

#[test]
fn what_is_too_much_is_said() {
    let many = "[loggia answers 1]\n".repeat(MOST);
    assert_eq!(found_in(&many).unwrap().len(), MOST);
    assert_eq!(found_in(&format!("{many}[loggia answers 1]")), Err(TooMany));
    assert!(matches!(
        read(format!("{many}[loggia answers 1]").as_bytes())[..],
        [Err(TooMuch::Messages)]
    ));
    let long = vec![b'x'; LONGEST + 1];
    assert!(matches!(read(&long)[..], [Err(TooMuch::Bytes)]));
    assert!(matches!(&read(&long[1..])[..], [Ok(mail)] if mail.found.is_empty()));
}

pub(super) const HEADERS: &str = "From: Priya <priya@example.org>\r\nTo: coach@example.org\r\nSubject: Pulse\r\nDate: Mon, 14 Dec 2026 09:30:00 +0100\r\nMIME-Version: 1.0\r\n";

#[track_caller]
fn assert_mail(mail: &[u8], expected: &[&Message]) {
    let mails = read(mail);
    let [Ok(mail)] = &mails[..] else {
        panic!("{mails:?}");
    };
    let found: Vec<&Message> = mail
        .found
        .iter()
        .map(|found| found.as_ref().unwrap())
        .collect();
    assert_eq!(found, expected);
    assert_eq!(mail.sent, Some(1_797_237_000));
}

fn quoted_printable(text: &str) -> String {
    let mut encoded = String::new();
    for line in text.lines() {
        for (place, letter) in line.chars().enumerate() {
            if place > 0 && place % 60 == 0 {
                encoded.push_str("=\r\n");
            }
            match letter {
                '=' => encoded.push_str("=3D"),
                '-' => encoded.push_str("=2D"),
                letter => encoded.push(letter),
            }
        }
        encoded.push_str("\r\n");
    }
    encoded
}

/// The heads of the content of mails that hold a text, and the content.
fn bodies(text: &str) -> Vec<String> {
    let html = format!(
        "<html><head><style>a {{ b: c }}</style></head><body><p>Dear coach,</p><div>{}</div></body></html>",
        text.replace("\r\n", "<br>\r\n").replace('-', "&#45;")
    );
    let part = |head: &str, body: &str| format!("--x\r\nContent-Type: {head}\r\n\r\n{body}\r\n");
    let alternative = format!(
        "Content-Type: multipart/alternative; boundary=x\r\n\r\n{}{}--x--\r\n",
        part("text/plain; charset=utf-8", text),
        part("text/html", &html)
    );
    let html_alone_says_it = format!(
        "Content-Type: multipart/alternative; boundary=x\r\n\r\n{}{}--x--\r\n",
        part("text/plain", "see below"),
        part("text/html", &html)
    );
    let attached = format!(
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n{}{}--x--\r\n",
        part("text/plain", "Here it is."),
        part(
            "text/plain; name=answers.txt\r\nContent-Disposition: attachment; filename=answers.txt\r\nContent-Transfer-Encoding: base64",
            &BASE64_MIME.encode(text.as_bytes())
        )
    );
    let as_bytes = attached.replace("text/plain; name", "application/octet-stream; name");
    let forwarded = format!(
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n{}{}--x--\r\n",
        part("text/plain", "Forwarded."),
        part(
            "message/rfc822",
            &format!("{HEADERS}Content-Type: text/plain\r\n\r\n{text}")
        )
    );
    vec![
        format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"),
        format!(
            "Content-Type: text/plain; charset=us-ascii; format=flowed; delsp=yes\r\n\r\n{}",
            text.replace("\r\n", " \r\n")
        ),
        format!(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
            quoted_printable(text)
        ),
        format!(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            BASE64_MIME.encode(text.as_bytes())
        ),
        format!("Content-Type: text/html\r\n\r\n{html}"),
        format!(
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
            quoted_printable(&html)
        ),
        alternative,
        html_alone_says_it,
        attached,
        as_bytes,
        forwarded,
        format!("\r\n{text}"),
    ]
}

#[test]
fn mails_are_read_as_programs_write_them() {
    let message = message(4);
    for body in bodies(&message.armoured()) {
        let mail = format!("{HEADERS}{body}");
        assert_mail(mail.as_bytes(), &[&message]);
        assert_mail(mail.replace("\r\n", "\n").as_bytes(), &[&message]);
    }
}

#[test]
fn mailboxes_are_read_mail_by_mail() {
    let (one, two) = (message(5), message(6));
    let mail = |message: &Message| {
        format!(
            "From priya@example.org Mon Dec 14 09:30:00 2026\n{}\n{}\n",
            HEADERS.replace("\r\n", "\n"),
            message.armoured().replace("\r\n", "\n")
        )
    };
    let mailbox = format!("{}{}", mail(&one), mail(&two));
    let mails = read(mailbox.as_bytes());
    let found = mails.into_iter().map(|mail| mail.unwrap().found);
    assert_eq!(found.collect::<Vec<_>>(), [vec![Ok(one)], vec![Ok(two)]]);
}

#[test]
fn texts_are_read_in_the_encodings_of_editors() {
    let message = message(8);
    let text = format!("Grüße\r\n{}", message.armoured());
    let units: Vec<u16> = text.encode_utf16().collect();
    let little = units.iter().flat_map(|unit| unit.to_le_bytes());
    let big = units.iter().flat_map(|unit| unit.to_be_bytes());
    let latin: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(letter).unwrap())
        .collect();
    for bytes in [
        text.clone().into_bytes(),
        [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        [0xff, 0xfe].into_iter().chain(little).collect(),
        [0xfe, 0xff].into_iter().chain(big).collect(),
        latin,
    ] {
        let mails = read(&bytes);
        assert!(matches!(&mails[..], [Ok(mail)] if mail.found == [Ok(message.clone())]));
    }
}
