//! The web form to build for a round, in the language of the engagement: `loggia new round` prints it, and reads its export without a question.

use crate::scaffold::survey::{Question, Survey};
use crate::text::answers::{LANGUAGES, words_of_change};

/// What a form says in one language.
struct Wording {
    name: &'static str,
    group: &'static str,
    /// The manager, a peer, a report, and whoever is none of these.
    groups: [&'static str; 4],
    /// Before what someone does, on the scale of change and on others.
    changed: &'static str,
    is_true: &'static str,
    no_answer: &'static str,
    follow_up: &'static str,
    yes: &'static str,
    no: &'static str,
}

/// The wording of each of [`LANGUAGES`].
const WORDINGS: [Wording; LANGUAGES.len()] = [
    Wording {
        name: "What is your name?",
        group: "How do you work together?",
        groups: ["Manager", "Peer", "Direct report", "Other"],
        changed: "How has this changed in the last weeks",
        is_true: "To what degree is this true",
        no_answer: "I did not see enough",
        follow_up: "Has this person followed up with you?",
        yes: "Yes",
        no: "No",
    },
    Wording {
        name: "Wie ist Ihr Name?",
        group: "Wie arbeiten Sie zusammen?",
        groups: ["Führungskraft", "Gleichgestellt", "Mitarbeitende", "Andere"],
        changed: "Wie hat sich das in den letzten Wochen verändert",
        is_true: "Wie sehr trifft das zu",
        no_answer: "Kann ich nicht beurteilen",
        follow_up: "Hat diese Person bei Ihnen nachgefasst?",
        yes: "Ja",
        no: "Nein",
    },
    Wording {
        name: "Quel est votre nom ?",
        group: "Comment travaillez-vous ensemble ?",
        groups: ["Responsable", "Pair", "Collaborateur direct", "Autre"],
        changed: "Comment cela a-t-il évolué ces dernières semaines",
        is_true: "Dans quelle mesure est-ce vrai",
        no_answer: "Je ne sais pas",
        follow_up: "Y a-t-il eu un suivi de sa part avec vous ?",
        yes: "Oui",
        no: "Non",
    },
    Wording {
        name: "¿Cuál es su nombre?",
        group: "¿Cómo trabajan juntos?",
        groups: ["Responsable", "Par", "Colaborador directo", "Otro"],
        changed: "Cómo ha cambiado esto en las últimas semanas",
        is_true: "En qué medida es cierto",
        no_answer: "No lo sé",
        follow_up: "¿Ha hecho un seguimiento con usted?",
        yes: "Sí",
        no: "No",
    },
    Wording {
        name: "Qual é o seu nome?",
        group: "Como trabalham juntos?",
        groups: ["Gestor", "Par", "Subordinado", "Outro"],
        changed: "Como isto mudou nas últimas semanas",
        is_true: "Em que medida isto é verdade",
        no_answer: "Não sei",
        follow_up: "Houve um acompanhamento com você?",
        yes: "Sim",
        no: "Não",
    },
    Wording {
        name: "お名前を教えてください",
        group: "どのように一緒に働いていますか",
        groups: ["上司", "同僚", "部下", "その他"],
        changed: "ここ数週間で、次のことはどう変わりましたか",
        is_true: "次のことはどの程度当てはまりますか",
        no_answer: "わからない",
        follow_up: "この方から、このことについて働きかけがありましたか",
        yes: "はい",
        no: "いいえ",
    },
    Wording {
        name: "ما اسمك؟",
        group: "كيف تعملان معًا؟",
        groups: ["مدير", "زميل", "مرؤوس", "آخر"],
        changed: "كيف تغيّر هذا في الأسابيع الأخيرة",
        is_true: "إلى أي مدى ينطبق هذا",
        no_answer: "لا أعرف",
        follow_up: "هل كانت هناك متابعة معك؟ (المتابعة)",
        yes: "نعم",
        no: "لا",
    },
];

/// A question of a form with what may be chosen, one of it.
pub(super) struct Item {
    /// What the coach is told of it.
    remark: String,
    /// What the form asks.
    pub(super) asked: String,
    /// What may be chosen.
    pub(super) choices: Vec<String>,
}

/// The form with names, question by question.
pub(super) fn items(survey: &Survey) -> Vec<Item> {
    let language = language(survey);
    let wording = &WORDINGS[language];
    let people = survey.people.iter().filter(|person| !person.never_rates);
    let name = Item {
        remark: String::new(),
        asked: wording.name.to_owned(),
        choices: people.map(|person| person.name.clone()).collect(),
    };
    let questions = survey.questions.iter();
    let questions = questions.filter_map(|question| asked(question, survey, language));
    let follow_up = Item {
        remark: String::new(),
        asked: wording.follow_up.to_owned(),
        choices: vec![wording.yes.to_owned(), wording.no.to_owned()],
    };
    [name]
        .into_iter()
        .chain(questions)
        .chain([follow_up])
        .collect()
}

/// What a form asks in the place of the name where nobody is to be named.
pub(super) fn group(survey: &Survey) -> Item {
    let wording = &WORDINGS[language(survey)];
    let known = ["manager", "peer", "report"].iter().zip(wording.groups);
    let word = |group: &String| {
        let mut known = known.clone();
        let word = known
            .find(|(id, _)| *id == group)
            .map(|(_, word)| word.to_owned());
        word.unwrap_or_else(|| group.replace('-', " "))
    };
    let mut choices: Vec<String> = survey.groups.iter().map(word).collect();
    choices.push(wording.groups[3].to_owned());
    Item {
        remark: String::new(),
        asked: wording.group.to_owned(),
        choices,
    }
}

/// The question about a goal; none where it does not say what others see.
fn asked(question: &Question, survey: &Survey, language: usize) -> Option<Item> {
    let wording = &WORDINGS[language];
    let behaviour = question.behaviour.as_ref()?;
    let before = match survey.is_change {
        true => wording.changed,
        false => wording.is_true,
    };
    let (from, to) = survey.scale;
    let mut choices: Vec<String> = (from..=to)
        .rev()
        .map(|score| choice(score, survey, language))
        .collect();
    choices.push(wording.no_answer.to_owned());
    let remark = match &question.raters {
        None => String::new(),
        Some(raters) => format!(" (only for {})", raters.join(", ")),
    };
    Some(Item {
        remark,
        asked: format!("{before}: {behaviour}"),
        choices,
    })
}

/// A point of the scale with its words.
fn choice(score: i32, survey: &Survey, language: usize) -> String {
    if survey.is_change {
        return format!("{score:+} – {}", words_of_change(score, language));
    }
    let word = match score {
        score if score == survey.scale.0 => survey.low.as_ref(),
        score if score == survey.scale.1 => survey.high.as_ref(),
        _ => None,
    };
    word.map_or_else(|| score.to_string(), |word| format!("{score} – {word}"))
}

/// The place of the survey's language; English where there is no wording in it.
fn language(survey: &Survey) -> usize {
    let language = survey.language.split('-').next().unwrap_or_default();
    let place = LANGUAGES
        .iter()
        .position(|known| language.eq_ignore_ascii_case(known));
    place.unwrap_or_default()
}

/// The form as the coach builds it.
pub(super) fn text(survey: &Survey) -> String {
    let mut text = "build this form; each question takes one choice:".to_owned();
    for item in items(survey) {
        text.push_str(&shown(&item));
    }
    text.push_str("\n\n  or ask nobody for a name, and this in its place:");
    text.push_str(&shown(&group(survey)));
    text.push('\n');
    text
}

fn shown(item: &Item) -> String {
    let choices: String = item
        .choices
        .iter()
        .map(|choice| format!("\n    - {choice}"))
        .collect();
    format!("\n\n  {}{}{choices}", item.asked, item.remark)
}
