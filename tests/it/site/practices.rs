//! Every practice that the methods of the field describe, found in a sample: the words on the page of a reader, and not on that of one
//! who may not have them. The README shows the same table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs};

use crate::project::Project;
use crate::site::plan::pages_of;
use crate::site::support::{read, words};

/// One practice, and where it is shown.
struct Practice {
    name: &'static str,
    /// The sample, and a reader of it whose page holds the words.
    sample: &'static str,
    reader: &'static str,
    words: &'static str,
    /// A reader of the same sample who may not have them; none where everyone in it reads them.
    hidden_from: Option<&'static str>,
}

const fn practice(
    name: &'static str,
    (sample, reader): (&'static str, &'static str),
    words: &'static str,
    hidden_from: Option<&'static str>,
) -> Practice {
    Practice {
        name,
        sample,
        reader,
        words,
        hidden_from,
    }
}

/// The practices by method, in the order in which each method describes them.
const METHODS: [(&str, &[Practice]); 5] = [
    (
        "Stakeholder-centred coaching, with a calibration and a pulse",
        STAKEHOLDER_CENTRED,
    ),
    ("Alignment meetings", ALIGNMENT),
    (
        "Quarterly meetings of coachee, coach and manager",
        QUARTERLY,
    ),
    ("Eight steps", EIGHT_STEPS),
    ("Four stages", FOUR_STAGES),
];

const STAKEHOLDER_CENTRED: &[Practice] = &[
    practice(
        "goal statement",
        ("nyah-adeyemi", "priya"),
        "By March 2027, bring every decision to the Tuesday leadership meeting",
        Some("farah"),
    ),
    practice(
        "behaviour statement, which is the pulse's question",
        ("nyah-adeyemi", "priya"),
        "What raters are asked about Nyah makes her main point early",
        Some("farah"),
    ),
    practice(
        "actions, also one given up or replaced",
        ("leila-haddad", "gareth"),
        "Leila Haddad, dropped 29 April 2026",
        Some("sam"),
    ),
    practice(
        "support needed, and asked of whom",
        ("nyah-adeyemi", "priya"),
        "When I start to circle, ask me what I need from the group. asked of you",
        Some("anders"),
    ),
    practice(
        "the plan read before the calibration",
        ("nyah-adeyemi", "priya"),
        "Please have read the two-page plan beforehand.",
        Some("tom"),
    ),
    practice(
        "sharing without an account",
        ("nyah-adeyemi", "priya"),
        "Made for Priya Raman alone",
        Some("anders"),
    ),
    practice(
        "a calibration of 45 minutes",
        ("nyah-adeyemi", "priya"),
        "Calibrating the goals Wednesday, 29 July 2026, 10:00–10:45",
        Some("tom"),
    ),
    practice(
        "the coach opens it",
        ("nyah-adeyemi", "priya"),
        "Why we are here, and what stays out of the meeting Elspeth Rowan",
        Some("tom"),
    ),
    practice(
        "themes of the 360",
        ("nyah-adeyemi", "priya"),
        "At the leadership table her point comes late, and the room has moved on.",
        Some("tom"),
    ),
    practice(
        "goals walked through",
        ("nyah-adeyemi", "priya"),
        "Both goals, one after the other: the aim, what others would see, the first actions Nyah Adeyemi",
        Some("anders"),
    ),
    practice(
        "the manager's input",
        ("nyah-adeyemi", "priya"),
        "Priya would weigh this goal heaviest.",
        Some("anders"),
    ),
    practice(
        "support discussed",
        ("nyah-adeyemi", "priya"),
        "What Nyah would like from Priya, in plain requests",
        Some("anders"),
    ),
    practice(
        "supporters settled there",
        ("nyah-adeyemi", "priya"),
        "Seven supporters are agreed.",
        Some("tom"),
    ),
    practice(
        "next steps with owner and day",
        ("nyah-adeyemi", "priya"),
        "Book the mid-point and final reviews with Anders. Priya Raman, done 6 August 2026",
        Some("tom"),
    ),
    practice(
        "debrief of coach and coachee",
        ("nyah-adeyemi", "nyah"),
        "Debrief, for coachee and coach alone Say both goals once more in one breath each",
        Some("priya"),
    ),
    practice(
        "goals reworded after it",
        ("nyah-adeyemi", "priya"),
        "Until 29 July 2026 Delegate more, and better.",
        Some("anders"),
    ),
    practice(
        "enrolment in person",
        ("nyah-adeyemi", "priya"),
        "Ask each of the seven in person, before anything arrives by mail.",
        Some("tom"),
    ),
    practice(
        "supporters answer a short survey",
        ("nyah-adeyemi", "tom"),
        "The pulse asks about this once a month and takes about two minutes.",
        Some("priya"),
    ),
    practice(
        "pulse over rounds",
        ("nyah-adeyemi", "priya"),
        "Concise in the room: every round",
        Some("tom"),
    ),
    practice(
        "change shown",
        ("nyah-adeyemi", "priya"),
        "Raters see more of it: +1.5 on 16 November 2026 (8 raters).",
        Some("tom"),
    ),
    practice(
        "communication between sessions: ideas heard and tried",
        ("nyah-adeyemi", "priya"),
        "Name the help you are after, then tell the story. Tried since 20 August 2026.",
        Some("anders"),
    ),
    practice(
        "sessions counted",
        ("nyah-adeyemi", "priya"),
        "7 of 14 sessions held",
        None,
    ),
    practice(
        "session hours and coming sessions",
        ("nyah-adeyemi", "priya"),
        "Hours planned: 21. Booked: 23 November 2026, 14 December 2026",
        None,
    ),
];

const ALIGNMENT: &[Practice] = &[
    practice(
        "reasons",
        ("mateo-silva", "hannah"),
        "From January Mateo leads the planning for Penhallow Water's next investment period.",
        None,
    ),
    practice(
        "aims of the organisation",
        ("mateo-silva", "hannah"),
        "Penhallow's plan for 2027: decisions are prepared where the knowledge is, and taken once.",
        None,
    ),
    practice(
        "the coachee's own motivation",
        ("nyah-adeyemi", "priya"),
        "I know what I want to say and I hear myself not saying it.",
        None,
    ),
    practice(
        "two or three areas",
        ("mateo-silva", "hannah"),
        "Run the planning meetings so that the people who know the network speak first",
        Some("seun"),
    ),
    practice(
        "what good looks like",
        ("nyah-adeyemi", "priya"),
        "What good looks like Within a minute I know what she wants from us.",
        Some("farah"),
    ),
    practice(
        "what it means for the career",
        ("nyah-adeyemi", "priya"),
        "I want to be ready to chair that meeting one day, and not only to sit in it.",
        Some("farah"),
    ),
    practice(
        "mid-point and end booked",
        ("mateo-silva", "hannah"),
        "Second quarterly meeting Save to calendar 17 February 2027 Closing meeting Save to calendar",
        None,
    ),
    practice(
        "roles, HR among them",
        ("mateo-silva", "hannah"),
        "Keep the contract, the dates and the budget in order.",
        None,
    ),
    practice(
        "check-ins in the one-to-one",
        ("nyah-adeyemi", "priya"),
        "Check-in before the mid-point Monday, 30 November 2026",
        Some("anders"),
    ),
    practice(
        "opportunities to extend the learning",
        ("nyah-adeyemi", "priya"),
        "Concise in the room, an opportunity to practise, agreed 29 July 2026, due 21 January 2027",
        Some("tom"),
    ),
    practice(
        "closed circuit",
        ("mateo-silva", "hannah"),
        "A coaching session is open to Mateo and Duncan only",
        None,
    ),
    practice(
        "its exceptions",
        ("mateo-silva", "hannah"),
        "Danger to someone, and what the law or a court demands.",
        None,
    ),
    practice(
        "channels of communication",
        ("mateo-silva", "hannah"),
        "Mateo writes a short update after each quarterly meeting",
        None,
    ),
    practice(
        "escalation",
        ("mateo-silva", "hannah"),
        "either of them may ring Seun, who arranges a call for all four within a week",
        None,
    ),
    practice(
        "time",
        ("nyah-adeyemi", "priya"),
        "Thursday mornings without calls from the depots, for the one-page paper. asked of you, time, given 10 September 2026",
        Some("anders"),
    ),
    practice(
        "budget",
        ("leila-haddad", "gareth"),
        "The fee for the interviews. asked of you, budget, given 2 March 2026",
        Some("sam"),
    ),
    practice(
        "assessments",
        ("leila-haddad", "gareth"),
        "Style profile, working style 4 March 2026 Quick to help, and quick to take over.",
        Some("ruth"),
    ),
    practice(
        "training",
        ("nyah-adeyemi", "priya"),
        "Two days of training in writing short papers, before the January round. Concise in the room, training, due 18 December 2026",
        Some("anders"),
    ),
    practice(
        "performance cycle, hidden from supporters",
        ("mateo-silva", "hannah"),
        "Hannah does not ask about coaching in the review.",
        Some("wanjiru"),
    ),
    practice(
        "actions",
        ("mateo-silva", "hannah"),
        "Keep a public list of open questions, each with the day on which it will be decided. Mateo Silva, done 8 July 2026",
        Some("seun"),
    ),
    practice(
        "the manager's support",
        ("mateo-silva", "hannah"),
        "ask about the reasoning before you ask about the result. asked of you",
        Some("seun"),
    ),
    practice(
        "what was reached, and celebrated",
        ("leila-haddad", "gareth"),
        "Reached on 11 September 2026: a reason to celebrate.",
        Some("sam"),
    ),
    practice(
        "an agenda of ten items",
        ("mateo-silva", "hannah"),
        "Dates, budget, how news travels, and whom to ring when something is stuck",
        Some("wanjiru"),
    ),
    practice(
        "documented goals",
        ("mateo-silva", "hannah"),
        "Hannah will hear it working when papers close with a decision and its date.",
        Some("wanjiru"),
    ),
    practice(
        "who leads each item",
        ("mateo-silva", "hannah"),
        "Mateo's own reasons, and where he would begin Mateo Silva",
        Some("wanjiru"),
    ),
];

const QUARTERLY: &[Practice] = &[
    practice(
        "once a quarter",
        ("mateo-silva", "hannah"),
        "Quarterly alignment, December Wednesday, 2 December 2026, 15:00–15:50",
        Some("seun"),
    ),
    practice(
        "it counts as a session, and the page says which",
        ("mateo-silva", "hannah"),
        "a quarterly meeting takes the place of a session: Quarterly alignment, September (16 September 2026)",
        Some("seun"),
    ),
    practice(
        "the coachee drives it",
        ("mateo-silva", "hannah"),
        "This meeting takes the place of a coaching session and belongs to Mateo.",
        Some("seun"),
    ),
    practice(
        "the plan prepared",
        ("mateo-silva", "hannah"),
        "Send the revised plan the day before. Mateo Silva, due 1 December 2026",
        Some("seun"),
    ),
    practice(
        "link to the call",
        ("mateo-silva", "hannah"),
        "or https://call.penhallow.example/mateo",
        Some("seun"),
    ),
    practice(
        "the coach observes, guides or clarifies",
        ("mateo-silva", "hannah"),
        "The coach listens.",
        Some("seun"),
    ),
    practice(
        "nothing from the sessions",
        ("mateo-silva", "hannah"),
        "Nothing from the sessions is on the table, and nobody needs to ask.",
        Some("seun"),
    ),
    practice(
        "the coach brings nothing",
        ("mateo-silva", "hannah"),
        "Report nothing from sessions.",
        None,
    ),
    practice(
        "goals aligned with the company's",
        ("nyah-adeyemi", "priya"),
        "Ostrey's first aim for 2027: decisions that are made once, and quickly.",
        Some("farah"),
    ),
];

const EIGHT_STEPS: &[Practice] = &[
    practice(
        "names of the eight steps",
        ("ingrid-solheim", "marit"),
        "Context Interview Interviews all around Assessment and design Sponsor review Individual coaching Mid-point review Final review",
        None,
    ),
    practice(
        "activities of each step",
        ("ingrid-solheim", "marit"),
        "Ten conversations of an hour: the executive team, the plants, transport, and two people outside the company.",
        None,
    ),
    practice(
        "outcomes of each step",
        ("ingrid-solheim", "marit"),
        "What came of it: Four themes, which Ingrid put into her own words.",
        None,
    ),
    practice(
        "benchmarks",
        ("ingrid-solheim", "marit"),
        "At the start",
        Some("astrid"),
    ),
    practice(
        "three hours a month",
        ("nyah-adeyemi", "priya"),
        "Ninety minutes, about every second Monday. Hours planned: 21.",
        None,
    ),
    practice(
        "both commit",
        ("mateo-silva", "hannah"),
        "Hannah Greaves yousaid yes on 16 November 2026",
        Some("wanjiru"),
    ),
    practice(
        "mid-point review, intended and actual",
        ("ingrid-solheim", "marit"),
        "At mid-point",
        Some("astrid"),
    ),
    practice(
        "corrections",
        ("ingrid-solheim", "marit"),
        "Corrections to the programme Changed on",
        Some("astrid"),
    ),
    practice(
        "end review, celebrated",
        ("ingrid-solheim", "henrik"),
        "What was celebrated The first supply plan that Ingrid did not write.",
        None,
    ),
    practice(
        "it goes on, and with whom",
        ("ingrid-solheim", "marit"),
        "at Ingrid's own request. with Ingrid Solheim and Marit Lunde",
        None,
    ),
    practice(
        "the present step",
        ("mateo-silva", "hannah"),
        "Achievement step 4 of 4",
        None,
    ),
];

const FOUR_STAGES: &[Practice] = &[
    practice(
        "four stages",
        ("leila-haddad", "ruth"),
        "Agreement Awareness Analysis Achievement",
        None,
    ),
    practice(
        "training agreement",
        ("leila-haddad", "ruth"),
        "By the end of September the wards settle their own day, and Leila gives hard news herself.",
        Some("sam"),
    ),
    practice(
        "awareness meeting with the senior executive and HR",
        ("leila-haddad", "ruth"),
        "What the hospital hopes for, and the results it expects Ruth Oyelaran",
        Some("sam"),
    ),
    practice(
        "evaluations",
        ("leila-haddad", "gareth"),
        "Bad news arrives late, because she wants to soften it.",
        Some("ruth"),
    ),
    practice(
        "target competencies",
        ("leila-haddad", "ruth"),
        "Prepares others so that they can decide. Decide on the ward",
        None,
    ),
    practice(
        "the plan shared with sponsor and HR",
        ("leila-haddad", "devika"),
        "From July on, bed moves and staffing of the day are settled by the sister on duty.",
        None,
    ),
    practice(
        "surveys",
        ("leila-haddad", "ruth"),
        "Raters see more of it: +1.2 on 11 September 2026 (6 raters).",
        Some("sam"),
    ),
    practice(
        "results discussed with the coachee",
        ("leila-haddad", "leila"),
        "The figures, and what surprises in them Leila Haddad",
        Some("gareth"),
    ),
    practice(
        "corrections documented",
        ("leila-haddad", "ruth"),
        "Changed on 26 June 2026: The second half works on the night handover.",
        Some("sam"),
    ),
    practice(
        "follow-up weeks later",
        ("leila-haddad", "ruth"),
        "We looked back together on 4 November 2026 The wards settled their days through the October outbreak as well.",
        Some("sam"),
    ),
    practice(
        "recognition",
        ("leila-haddad", "ruth"),
        "What was celebrated A whole weekend without one call to Leila's telephone",
        Some("sam"),
    ),
    practice(
        "final report",
        ("leila-haddad", "ruth"),
        "Intended Whoever is affected hears hard news from Leila herself, on the day on which she knows it. In the pulse Raters see more of it",
        Some("sam"),
    ),
];

/// The lines that the README's table stands between.
const BEGIN: &str = "<!-- practices -->\n";
const END: &str = "<!-- end of practices -->\n";

#[test]
fn every_practice_is_read_in_a_sample_by_whom_it_is_for_and_by_nobody_else() {
    let project = Project::samples();
    let today = "2026-11-22".parse().unwrap();
    let mut samples: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (method, practices) in METHODS {
        for practice in practices {
            let pages = samples.entry(practice.sample).or_insert_with(|| {
                let pages = pages_of(&project, practice.sample, today).into_iter();
                pages
                    .map(|(reader, page)| (reader, read(&words(&page))))
                    .collect()
            });
            let reads = |reader: &str| pages[reader].contains(practice.words);
            let mut readers = pages.keys();
            let is_hidden = match practice.hidden_from {
                Some(other) => !reads(other),
                None => readers.all(|reader| reads(reader)),
            };
            if !reads(practice.reader) || !is_hidden {
                wrong.push(format!("{method}: {}: {}", practice.name, practice.words));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_readme_has_the_table_of_the_practices() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let table = table();
    if env::var_os("LOGGIA_ACCEPT").is_some() {
        fs::write("README.md", format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert!(
            found == table,
            "LOGGIA_ACCEPT=1 writes the table of tests/it/site/practices.rs into README.md"
        );
    }
}

/// The table in Markdown.
fn table() -> String {
    let mut table = String::from(
        "\n| practice | sample | on the page of | it reads | not on that of |\n|---|---|---|---|---|\n",
    );
    for (method, practices) in METHODS {
        let _ = writeln!(table, "| **{method}** | | | | |");
        for practice in practices {
            let Practice {
                name,
                sample,
                reader,
                words,
                hidden_from,
            } = practice;
            let hidden_from = hidden_from.map_or_else(
                || "nobody: all read it".to_owned(),
                |reader| format!("`{reader}`"),
            );
            let _ = writeln!(
                table,
                "| {name} | `{sample}` | `{reader}` | {words} | {hidden_from} |"
            );
        }
    }
    table + "\n"
}
