//! Whom a cell of an export names.

use unicode_normalization::UnicodeNormalization;

use crate::scaffold::survey::{Respondent, Survey};
use crate::text::fold::fold;

/// Everyone whose id, name or mail address a cell is. Nobody is guessed: more than one is for the coach to decide.
///
/// A name that is written as the engagement writes it means nobody else; then come its words in other letters, and its words in another
/// order.
pub(super) fn people<'s>(cell: &str, survey: &'s Survey) -> Vec<&'s Respondent> {
    let written: String = cell.trim().nfc().collect();
    let small = written.to_lowercase();
    let folded = fold(cell);
    let ordered = in_order(&folded);
    let find = |is_meant: &dyn Fn(&Respondent) -> bool| -> Vec<&'s Respondent> {
        let people = survey.people.iter();
        people.filter(|person| is_meant(person)).collect()
    };
    let whole = find(&|person| {
        let address = person.email.as_ref().map(|email| email.to_lowercase());
        person.id == small || address.as_ref() == Some(&small) || is_written_as(person, &written)
    });
    if !whole.is_empty() || folded.is_empty() {
        return whole;
    }
    let alike = find(&|person| fold(&person.name) == folded);
    if !alike.is_empty() {
        return alike;
    }
    find(&|person| in_order(&fold(&person.name)) == ordered)
}

fn is_written_as(person: &Respondent, written: &str) -> bool {
    let name = person.name.nfc().collect::<String>();
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ") == written
}

/// The words in the order of their letters, each as often as it stands there.
fn in_order(folded: &str) -> Vec<&str> {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::people;
    use crate::scaffold::survey::{Respondent, Survey};

    fn survey(names: &[String]) -> Survey {
        let person = |(index, name): (usize, &String)| Respondent {
            id: format!("person-{index}"),
            name: name.clone(),
            email: None,
            rates_all: false,
            never_rates: false,
        };
        Survey {
            people: names.iter().enumerate().map(person).collect(),
            ..Survey::default()
        }
    }

    proptest! {
        /// Whatever script a name is written in, whoever else takes part.
        #[test]
        fn a_name_matches_itself(names in proptest::collection::btree_set("\\PC{1,6}( \\PC{1,6})?", 1..5)) {
            let names: Vec<String> = names
                .iter()
                .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|name| !name.is_empty() && !name.to_lowercase().starts_with("person-"))
                .collect();
            let survey = survey(&names);
            for name in &names {
                prop_assert!(people(name, &survey).iter().any(|person| person.name == *name));
            }
        }
    }

    #[test]
    fn a_name_is_known_in_any_order_and_by_nobody_else() {
        let names = [
            "Li Li",
            "Li",
            "Tom James",
            "James Tom",
            "Zoë Ruß",
            "रमा शर्मा",
            "रम शर्म",
        ];
        let names = names.map(str::to_owned);
        let survey = survey(&names);
        for (written, index) in [
            ("Li Li", 0),
            ("li, li", 0),
            ("LI", 1),
            ("Tom James", 2),
            ("james tom", 3),
            ("RUSS, ZOE", 4),
            ("शर्मा रमा", 5),
            ("रम शर्म", 6),
        ] {
            let found = people(written, &survey);
            let ids: Vec<&str> = found.iter().map(|person| person.id.as_str()).collect();
            assert_eq!(ids, [format!("person-{index}")], "{written}");
        }
        for stranger in ["Li Li Li", "Zoë", "श र", ""] {
            assert!(people(stranger, &survey).is_empty(), "{stranger}");
        }
    }
}
