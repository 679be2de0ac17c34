//! A firm's book of any size, the same on every machine: each engagement has 3 goals, 4 agendas, 12 rounds of 8 raters, 6 notes and 5
//! readers, with texts of 150 to 400 words. A fifth of them have warnings, and twenty persons read the sponsors' portals between them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Words to make texts of; nothing is to be understood from them.
const WORDS: [&str; 40] = [
    "meeting",
    "decision",
    "listen",
    "question",
    "quarter",
    "team",
    "clear",
    "pause",
    "delegate",
    "feedback",
    "trust",
    "direction",
    "first",
    "minute",
    "concise",
    "agree",
    "support",
    "measure",
    "open",
    "ask",
    "plan",
    "summary",
    "conflict",
    "choose",
    "practise",
    "notice",
    "week",
    "colleague",
    "priority",
    "outcome",
    "invite",
    "share",
    "headline",
    "risk",
    "follow",
    "behaviour",
    "goal",
    "step",
    "time",
    "learn",
];

/// The goals of every engagement.
const GOALS: [&str; 3] = [
    "concise-in-the-room",
    "delegates-outcomes",
    "asks-before-telling",
];

/// How many persons read several portals.
const PERSONS: usize = 20;

/// A source of numbers that is the same everywhere (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn sentence(&mut self, words: u64) -> String {
        let words: Vec<&str> = (0..words)
            .map(|_| WORDS[usize::try_from(self.below(40)).unwrap_or_default()])
            .collect();
        words.join(" ")
    }

    /// 150 to 400 words in paragraphs.
    fn text(&mut self) -> String {
        let mut left = 150 + self.below(251);
        let mut text = String::new();
        while left > 0 {
            let words = (20 + self.below(40)).min(left);
            let _ = writeln!(text, "{}.\n", self.sentence(words));
            left -= words;
        }
        text
    }
}

/// Writes a book of `count` engagements into `folder`, with its key.
pub(crate) fn write(folder: &Path, count: usize, access: &str) {
    let firm = format!(
        "[firm]\nname = \"Harbour Coaching\"\ncontact = \"mailto:hello@harbour.example\"\n\n[site]\nlanguage = \"en\"\n\
         timezone = \"Europe/London\"\naccess = \"{access}\"\n"
    );
    put(&folder.join("loggia.toml"), &(firm + &persons(count)));
    let key = folder.join("loggia.key");
    put(
        &key,
        "0000000000000000000000000000000000000000000000000000n",
    );
    close(&key);
    for number in 0..count {
        write_engagement(&folder.join(format!("engagement-{number}")), number as u64);
    }
}

/// Those who read several portals.
fn persons(count: usize) -> String {
    let mut toml = String::new();
    for person in 0..PERSONS.min(count) {
        let portals = (person..count).step_by(PERSONS);
        let portals: Vec<String> = portals
            .map(|number| format!("\"engagement-{number}\" = \"sponsor\""))
            .collect();
        let portals = portals.join(", ");
        let _ = writeln!(
            toml,
            "\n[[person]]\nid = \"person-{person}\"\nname = \"Person {person}\"\nengagements = {{ {portals} }}"
        );
    }
    toml
}

/// Changes one text of an engagement.
pub(crate) fn edit(folder: &Path, number: usize) {
    let path = folder.join(format!("engagement-{number}/goals/1-{}.md", GOALS[0]));
    let text = fs::read_to_string(&path).expect("a goal");
    put(&path, &(text + "\nOne more line.\n"));
}

fn write_engagement(folder: &Path, number: u64) {
    let mut dice = Dice(number);
    write_people(folder, number, &mut dice);
    write_goals(folder, &mut dice);
    write_agendas(folder, &mut dice);
    write_rounds(folder, &mut dice);
    for month in 1..=6 {
        put(
            &folder.join(format!("notes/2026-0{month}-20-session.md")),
            &dice.text(),
        );
    }
}

fn write_people(folder: &Path, number: u64, dice: &mut Dice) {
    let purpose = dice.sentence(40);
    let silence = match number % 5 {
        0 => "",
        _ => "silence = [\"low-minimum\", \"no-closes\", \"no-exceptions\"]\n",
    };
    let mut toml = format!(
        "title = \"Leading through others {number}\"\npurpose = \"{purpose}\"\nstart = 2026-01-12\nend = 2027-01-31\n\
         sessions = {{ planned = 12, held = [2026-01-20, 2026-02-10] }}\njourney = \"stakeholder-centred\"\n{silence}\n[share]\n\
         agreed = 2026-02-02\nfacts = [\"everyone\"]\npeople = [\"everyone\"]\nfollow_up = [\"manager\"]\ngoals = [\"manager\", \"sponsor\", \"supporter\"]\nactions = [\"manager\"]\n\
         progress = [\"manager\", \"sponsor\"]\ngroups = [\"manager\"]\nagendas = [\"attendees\"]\n"
    );
    for (id, role) in [
        ("coachee", "coachee"),
        ("manager", "manager"),
        ("sponsor", "sponsor"),
        ("hr", "hr"),
    ] {
        let name = match role {
            "sponsor" => format!("Person {}", number % PERSONS as u64),
            _ => format!("{id} {number}"),
        };
        let _ = writeln!(
            toml,
            "\n[[stakeholder]]\nid = \"{id}\"\nname = \"{name}\"\nrole = \"{role}\""
        );
    }
    for rater in 0..8 {
        let group = if rater < 4 { "peer" } else { "report" };
        let _ = writeln!(
            toml,
            "\n[[stakeholder]]\nid = \"rater-{rater}\"\nname = \"Rater {rater}\"\nrole = \"supporter\"\ngroup = \"{group}\"\nportal = {}",
            rater == 0
        );
    }
    toml.push_str("\n[pulse]\nscale = \"change\"\ntarget = 1.0\n");
    put(&folder.join("engagement.toml"), &toml);
}

fn write_goals(folder: &Path, dice: &mut Dice) {
    for (place, id) in GOALS.iter().enumerate() {
        let text = format!(
            "+++\ntitle = \"{}\"\nstatement = \"{}\"\nbehaviour = \"{}\"\ngood = [\"{}\"]\n\n[[action]]\ntext = \"{}\"\n\
             owner = \"coachee\"\ndue = 2026-03-31\n\n[[support]]\nfrom = \"manager\"\ntext = \"{}\"\n+++\n{}\n::: private\n{}\n:::\n",
            dice.sentence(4),
            dice.sentence(15),
            dice.sentence(14),
            dice.sentence(9),
            dice.sentence(12),
            dice.sentence(10),
            dice.text(),
            dice.sentence(30)
        );
        put(&folder.join(format!("goals/{}-{id}.md", place + 1)), &text);
    }
}

fn write_agendas(folder: &Path, dice: &mut Dice) {
    let kinds = ["enrolment", "calibration", "midpoint", "final"];
    for (month, kind) in (1..).zip(kinds) {
        let text = format!(
            "+++\ntitle = \"{}\"\nkind = \"{kind}\"\nstart = 2026-0{month}-03T10:00:00\nminutes = 45\n\
             attendees = [\"coachee\", \"manager\"]\n\n[[item]]\nminutes = 20\nlead = \"coachee\"\ntext = \"{}\"\n\n[[item]]\n\
             minutes = 25\nlead = \"manager\"\ntext = \"{}\"\n\n[[next]]\ntext = \"{}\"\nowner = \"manager\"\ndue = 2026-05-20\n+++\n{}",
            dice.sentence(4),
            dice.sentence(10),
            dice.sentence(10),
            dice.sentence(12),
            dice.text()
        );
        put(
            &folder.join(format!("agendas/2026-0{month}-03-{kind}.md")),
            &text,
        );
    }
}

fn write_rounds(folder: &Path, dice: &mut Dice) {
    for month in 1..=12 {
        let mut csv = "rater,goal,score,followed_up,comment\n".to_owned();
        for rater in 0..8 {
            for goal in GOALS {
                let score = i64::try_from(dice.below(5)).unwrap_or_default() - 1;
                let _ = writeln!(
                    csv,
                    "rater-{rater},{goal},{score},yes,\"{}\"",
                    dice.sentence(6)
                );
            }
        }
        put(&folder.join(format!("pulse/2026-{month:02}-28.csv")), &csv);
    }
}

fn put(path: &Path, text: &str) {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).expect("a folder can be made");
    }
    fs::write(path, text).expect("a file can be written");
}

#[cfg(unix)]
fn close(key: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).expect("permissions can be set");
}

#[cfg(not(unix))]
fn close(_: &Path) {}
