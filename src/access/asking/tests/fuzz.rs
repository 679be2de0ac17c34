//! Whatever a mail holds, it is read, and no message comes out of it that was not sealed.

use super::mails::{HEADERS, message};
use crate::access::asking::mail::read;
use crate::damage::{Damage, fuzz};

#[test]
fn damaged_mails_hold_the_messages_that_were_sealed_or_none() {
    let messages = [message(21), message(22)];
    let [one, two] = messages.each_ref().map(|message| message.armoured());
    let html = one.replace("\r\n", "<br>");
    let mail = format!(
        "{HEADERS}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>{html}</p>\r\n\
         --x\r\nContent-Type: message/rfc822\r\n\r\n{HEADERS}\r\n{two}\r\n--x--\r\n"
    );
    let typeset = two.replace("--", "\u{2014}").replace('-', "\u{2013}");
    let samples = [
        one.clone(),
        format!("> {}", one.replace("\r\n", "\n> ")),
        one.replace("[loggia answers 1]", "").replace("[end]", ""),
        typeset,
        format!("From x\n{mail}\nFrom y\n{mail}"),
        mail,
    ];
    let samples = samples.map(String::into_bytes);
    fuzz("mail", &samples, Damage::Growing, |_, bytes| {
        let mails = read(bytes).into_iter().flatten();
        let found: Vec<_> = mails.flat_map(|mail| mail.found).collect();
        let is_sealed = |found: &_| messages.contains(found);
        if found.iter().flatten().all(is_sealed) {
            Ok(found.iter().any(Result::is_ok))
        } else {
            Err("a message that nobody sealed".to_owned())
        }
    });
}
