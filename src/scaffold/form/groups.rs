//! Which group of raters a cell names, in an export that names nobody.

use crate::scaffold::survey::Survey;
use crate::text::answers::is_no_answer;
use crate::text::fold::{fold, is_one_of};

/// What forms call the groups that have words of their own on every page.
const WORDS: [(&str, &[&str]); 3] = [
    (
        "manager",
        &[
            "Manager",
            "Line manager",
            "Boss",
            "Supervisor",
            "Führungskraft",
            "Vorgesetzte",
            "Vorgesetzter",
            "Chef",
            "Responsable",
            "Supérieur",
            "Supérieur hiérarchique",
            "Jefe",
            "Jefa",
            "Gestão",
            "Gestor",
            "Gestora",
            "Chefia",
            "上司",
            "المدير",
            "مدير",
        ],
    ),
    (
        "peer",
        &[
            "Peer",
            "Peers",
            "Gleichgestellte",
            "Gleichgestellt",
            "Pair",
            "Pairs",
            "Par",
            "Pares",
            "同僚",
            "الأقران",
            "زميل",
        ],
    ),
    (
        "report",
        &[
            "Report",
            "Reports",
            "Direct report",
            "Direct reports",
            "Team member",
            "Mitarbeitende",
            "Mitarbeiter",
            "Mitarbeiterin",
            "Équipe",
            "Collaborateur direct",
            "Equipo",
            "Colaborador directo",
            "Equipe",
            "Subordinado",
            "部下",
            "المرؤوسون",
            "مرؤوس",
        ],
    ),
];

/// What says that somebody is of no group of a name.
const NONE: &[&str] = &[
    "Other",
    "Others",
    "None",
    "None of these",
    "Colleague",
    "Colleagues",
    "Prefer not to say",
    "Andere",
    "Sonstige",
    "Keine",
    "Kollegenkreis",
    "Autre",
    "Autres",
    "Collègue",
    "Collègues",
    "Otro",
    "Otros",
    "Colegas",
    "Outro",
    "Outros",
    "その他",
    "職場の仲間",
    "آخر",
    "أخرى",
    "الزملاء",
];

/// The id of the group that a cell names, nothing where it names none, or an error where it is not known here.
pub(super) fn group<'a>(cell: &str, survey: &'a Survey) -> Result<Option<&'a str>, ()> {
    let folded = fold(cell.trim_end_matches(';'));
    let mut groups = survey.groups.iter().map(String::as_str);
    if let Some(group) = groups.clone().find(|group| fold(group) == folded) {
        return Ok(Some(group));
    }
    if is_no_answer(cell) || is_one_of(&folded, NONE) {
        return Ok(None);
    }
    let mut words = WORDS.iter();
    let named = words.find(|(_, words)| is_one_of(&folded, words));
    let (id, _) = named.ok_or(())?;
    groups.find(|group| group == id).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::{NONE, WORDS};
    use crate::text::fold::fold;

    #[test]
    fn no_word_means_two_groups() {
        let words = WORDS.iter().flat_map(|(_, words)| words.iter());
        let mut all: Vec<String> = words.chain(NONE).map(|word| fold(word)).collect();
        all.sort_unstable();
        // The same word is written with and without an accent, for the same group.
        let twice: Vec<&String> = all
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| &pair[0])
            .collect();
        assert_eq!(twice, ["equipe"]);
    }
}
