//! Words by which people mark what is not for readers, in the languages of a page.

/// What says by itself that a text is not for everyone.
const DECIDED: &[&str] = &[
    "private",
    "secret",
    "hidden",
    "hide",
    "invisible",
    "confidential",
    "redacted",
    "spoiler",
    "privat",
    "geheim",
    "vertraulich",
    "versteckt",
    "verborgen",
    "privé",
    "prive",
    "privée",
    "caché",
    "confidentiel",
    "confidentielle",
    "masqué",
    "privado",
    "privada",
    "secreto",
    "secreta",
    "segredo",
    "oculto",
    "oculta",
    "confidencial",
    "سري",
    "مخفي",
    "非公開",
    "秘密",
    "内緒",
    "非表示",
    "社外秘",
    "部外秘",
];

/// What says so behind a mark of another program, and little in a sentence.
const BEHIND_A_MARK: &[&str] = &[
    "only",
    "internal",
    "comment",
    "comments",
    "remark",
    "ignore",
    "draft",
    "noexport",
    "noindex",
    "nur",
    "intern",
    "kommentar",
    "entwurf",
    "seulement",
    "interne",
    "commentaire",
    "brouillon",
    "solo",
    "sólo",
    "interno",
    "interna",
    "comentario",
    "borrador",
    "só",
    "apenas",
    "comentário",
    "rascunho",
    "خاص",
    "فقط",
    "داخلي",
    "تعليق",
    "限定",
    "内部",
    "コメント",
    "下書き",
];

/// The word that a text begins with.
pub(super) fn word_at(text: &str) -> &str {
    let is_inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let end = text.find(|letter| !is_inside(letter));
    &text[..end.unwrap_or(text.len())]
}

/// Whether a word marks what is hidden where it stands behind a mark of another program, alone or in one such as `coach-only`.
pub(super) fn is_hiding(word: &str) -> bool {
    is_in(word, &[DECIDED, BEHIND_A_MARK])
}

/// Whether a word marks what is hidden wherever it stands.
pub(super) fn decides(word: &str) -> bool {
    is_in(word, &[DECIDED])
}

fn is_in(word: &str, lists: &[&[&str]]) -> bool {
    let word = word.to_lowercase();
    word.split(['-', '_'])
        .any(|part| lists.iter().any(|list| list.contains(&part)))
}
