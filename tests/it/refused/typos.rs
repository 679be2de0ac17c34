//! A slip of the pen publishes nothing: every word that decides who sees what, misspelt.
//!
//! Each is tried alone on the small engagement: it is an error (exit 3), and the site that stood there still stands.

use crate::project::{Project, Tree, identity, tree};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const GOAL: &str = "nyah/goals/1-clear.md";
const AGENDA: &str = "nyah/agendas/2026-02-03-calibration.md";
const ROUND: &str = "nyah/pulse/2026-03-02.csv";
const THEMES: &str = "nyah/pulse/2026-03-02.md";
const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";
const REVIEW: &str = "nyah/reviews/2026-03-16-midpoint.md";
const AGREEMENT: &str = "nyah/agreement.md";
const SITE: &str = "loggia.toml";

/// A text of a file, and what is written there by mistake.
const SLIPS: &[(&str, &str, &[&str])] = &[
    // The coachee's word.
    (
        ENGAGEMENT,
        "agreed = 2026-02-02",
        &[
            "agred = 2026-02-02",
            "Agreed = 2026-02-02",
            "agreed_on = 2026-02-02",
            "agreed\u{a0}= 2026-02-02",
            "agreed = \"2026-02-02\"",
            "agreed = true",
            "agreed = false",
            "agreed = 2026-13-02",
            "agreed = 2026-02-30",
            "agreed = 2026-02-02T10:00:00Z",
            "agreed = 2 February 2026",
            "agreed = 02/02/2026",
            "agreed = 20260202",
            "agreed = [2026-02-02]",
            "agreed = 10:00:00",
            "agreed = ",
            "agreed: 2026-02-02",
            "agreed",
            "agreed = 2026-02-02\nagreed = 2026-02-02",
        ],
    ),
    (
        ENGAGEMENT,
        "[share]\n",
        &[
            "[shares]\n",
            "[Share]\n",
            "[SHARE]\n",
            "[share ]x\n",
            "[sharing]\n",
            "[[share]]\n",
            "[share.goals]\n",
            "[shared]\n",
            "[\"share \"]\n",
            "(share)\n",
            "[share\n",
            "",
            "[visible]\n",
            "[pulse]\n",
        ],
    ),
    // What the work rests on.
    (
        ENGAGEMENT,
        "end = 2026-09-30\n",
        &[
            "end = 2026-09-30\nmotivaton = \"To be heard.\"\n",
            "end = 2026-09-30\nMotivation = \"To be heard.\"\n",
            "end = 2026-09-30\nmotivation = [\"To be heard.\"]\n",
            "end = 2026-09-30\nmotivation = \"\"\n",
            "end = 2026-09-30\ncompetency = [\"Decides.\"]\n",
            "end = 2026-09-30\ncompetencies = [{ text = \"Decides.\", gaol = \"clear\" }]\n",
            "end = 2026-09-30\ncompetencies = [{ goal = \"clear\" }]\n",
            "end = 2026-09-30\ncompetencies = [{ text = \"Decides.\", goal = \"cleer\" }]\n",
            "end = 2026-09-30\ncompetencies = { text = \"Decides.\" }\n",
            "end = 2026-09-30\nassessments = [\"manager\"]\n",
        ],
    ),
    (
        ENGAGEMENT,
        "[[milestone]]\n",
        &[
            "[[assesment]]\nkind = \"360\"\ndate = 2026-01-20\n[[milestone]]\n",
            "[[assessments]]\nkind = \"360\"\ndate = 2026-01-20\n[[milestone]]\n",
            "[assessment]\nkind = \"360\"\ndate = 2026-01-20\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\n[[milestone]]\n",
            "[[assessment]]\ndate = 2026-01-20\n[[milestone]]\n",
            "[[assessment]]\nkind = 360\ndate = 2026-01-20\n[[milestone]]\n",
            "[[assessment]]\nkind = \"270\"\ndate = 2026-01-20\n[[milestone]]\n",
            "[[assessment]]\nkind = \"Style\"\ndate = 2026-01-20\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\ntheme = [\"Calm.\"]\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\nthemes = \"Calm.\"\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\nthemes = [\"Calm: 4.1\"]\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\nscores = [4]\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\nresult = \"Good.\"\n[[milestone]]\n",
            "[[activities]]\nstep = 1\n[[milestone]]\n",
            "[[activity]]\ntext = \"We agree.\"\n[[milestone]]\n",
            "[[activity]]\nstep = \"1\"\n[[milestone]]\n",
            "[[activity]]\nstep = 1\ndone = true\n[[milestone]]\n",
            "[[activity]]\nstep = 1\noutcomes = \"Agreed.\"\n[[milestone]]\n",
            "[[outcomes]]\ntext = \"Decided once.\"\n[[milestone]]\n",
            "[[outcome]]\ntext = \"Decided once.\"\nbegin = \"Twice.\"\n[[milestone]]\n",
            "[[outcome]]\ntext = \"Decided once.\"\nmid-point = \"Twice.\"\n[[milestone]]\n",
            "[[outcome]]\ntext = \"Decided once.\"\nend = 3\n[[milestone]]\n",
            "[[outcome]]\ntext = \"Decided once.\"\ngoal = \"cleer\"\n[[milestone]]\n",
            "[[outcome]]\nstart = \"Twice.\"\n[[milestone]]\n",
            "[[corection]]\ndate = 2026-01-20\ntext = \"Less.\"\n[[milestone]]\n",
            "[[correction]]\ntext = \"Less.\"\n[[milestone]]\n",
            "[[correction]]\ndate = 2026-01-20\n[[milestone]]\n",
            "[[correction]]\ndate = 2026-01-20\ntext = \"Less.\"\nbecause = \"Easy.\"\n[[milestone]]\n",
            "[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\nshare = [\"manager\"]\n[[milestone]]\n",
        ],
    ),
    (
        ENGAGEMENT,
        "people = [\"everyone\"]",
        &[
            "people = [\"everyone\"]\nassessment = [\"manager\"]",
            "people = [\"everyone\"]\nAssessments = [\"manager\"]",
            "people = [\"everyone\"]\nassesments = [\"manager\"]",
            "people = [\"everyone\"]\nassessments = [\"manger\"]",
        ],
    ),
    // Why a goal matters.
    (
        GOAL,
        "alias = \"Goal A\"\n",
        &[
            "alias = \"Goal A\"\nbusines = \"It costs a week.\"\n",
            "alias = \"Goal A\"\nserve = \"One plan.\"\n",
            "alias = \"Goal A\"\nCareer = \"To chair.\"\n",
            "alias = \"Goal A\"\ncareer = [\"To chair.\"]\n",
            "alias = \"Goal A\"\nmatters = \"To chair.\"\n",
        ],
    ),
    // The parts of `[share]`.
    (
        ENGAGEMENT,
        "facts = [\"everyone\"]",
        &[
            "fact = [\"everyone\"]",
            "Facts = [\"everyone\"]",
            "facts = \"everyone\"",
            "facts = true",
            "facts = [everyone]",
            "facts = ['everyone]",
            "facts = [“everyone”]",
            "facts = {everyone}",
            "facts = [[\"everyone\"]]",
            "facts = { roles = [\"everyone\"] }",
            "facts = [\"everyone\"] [\"hr\"]",
        ],
    ),
    (
        ENGAGEMENT,
        "goals = [\"manager\", \"sponsor\", \"supporter\"]",
        &[
            "goal = [\"manager\"]",
            "Goals = [\"manager\"]",
            "goals = \"manager\"",
            "goals= [\"manager\" \"sponsor\"]",
            "goals = [\"manager\", \"sponsor\"",
            "goals = [\"manager; sponsor\"]",
            "goals = [\"manager, sponsor\"]",
            "goals = [\"manager sponsor\"]",
            "goals = \"manager\", \"sponsor\"",
            "goals = [\"attendees\"]",
            "goals = [\"!hr\"]",
            "goals = [\"-hr\"]",
            "goals = [\"not hr\"]",
            "goals = [\"none\"]",
            "goals = [\"nobody\"]",
            "goals = [\"\"]",
            "goals = [\"*\"]",
            "goals = [1]",
            "goals = [true]",
            "goals = [2026-02-02]",
            "share.goals = [\"manager\"]",
        ],
    ),
    (
        ENGAGEMENT,
        "agreement = [\"manager\"]",
        &[
            "agreements = [\"manager\"]",
            "Agreement = [\"manager\"]",
            "agrement = [\"manager\"]",
            "agreement = \"manager\"",
            "agreement = [\"managr\"]",
            "agreement = [\"attendees\"]",
            "agreement = [\"parties\"]",
            "agreement = true",
        ],
    ),
    (
        AGREEMENT,
        "title = \"What we agreed\"",
        &[
            "titel = \"What we agreed\"",
            "title = What we agreed",
            "title = \"\"",
            "share = [\"manager\"]",
            "share = { agreement = [\"manager\"] }",
        ],
    ),
    (
        AGREEMENT,
        "changed = 2026-02-02",
        &[
            "change = 2026-02-02",
            "Changed = 2026-02-02",
            "changed_on = 2026-02-02",
            "changed = \"2026-02-02\"",
            "changed = 2026-02-30",
            "changed = [2026-02-02]",
            "changed = 2026-02-02T10:00:00Z",
            "changed = 2027-02-02",
            "changed",
            "+++\nchanged = 2026-02-02",
        ],
    ),
    (
        AGREEMENT,
        "[[party]]",
        &[
            "[party]",
            "[[parties]]",
            "[[Party]]",
            "[[signature]]",
            "[[party]",
            "[[party]]\nperson = \"priya\"\n[[party]]",
        ],
    ),
    (
        AGREEMENT,
        "person = \"priya\"",
        &[
            "persons = \"priya\"",
            "Person = \"priya\"",
            "who = \"priya\"",
            "person = priya",
            "person = \"pria\"",
            "person = \"Priya\"",
            "person = \"Priya Raman\"",
            "person = [\"priya\"]",
            "person = \"everyone\"",
            "person = \"supporter\"",
            "person = \"\"",
            "",
        ],
    ),
    (
        AGREEMENT,
        "agreed = 2026-02-03",
        &[
            "agred = 2026-02-03",
            "Agreed = 2026-02-03",
            "signed = 2026-02-03",
            "agreed = true",
            "agreed = \"yes\"",
            "agreed = \"2026-02-03\"",
            "agreed = 2026-02-30",
            "agreed = 2027-02-03",
            "agreed = [2026-02-03]",
            "agreed",
        ],
    ),
    (
        AGREEMENT,
        "::: only nyah",
        &[
            "::: only",
            "::: onyl nyah",
            ":: only nyah",
            "::: only nyha",
            "::: only attendees",
        ],
    ),
    (
        ENGAGEMENT,
        "actions = [\"manager\"]",
        &[
            "action = [\"manager\"]",
            "Actions = [\"manager\"]",
            "actoins = [\"manager\"]",
        ],
    ),
    (
        ENGAGEMENT,
        "progress = [\"manager\", \"sponsor\"]",
        &[
            "progres = [\"manager\"]",
            "figures = [\"manager\"]",
            "Progress = [\"manager\"]",
        ],
    ),
    (
        ENGAGEMENT,
        "groups = [\"manager\"]",
        &["group = [\"manager\"]", "Groups = [\"manager\"]"],
    ),
    (
        ENGAGEMENT,
        "follow_up = [\"manager\", \"sponsor\"]",
        &[
            "follow-up = [\"manager\"]",
            "followed_up = [\"manager\"]",
            "Follow_up = []",
            "follow_up = true",
            "own = []",
            "Self = []",
            "self = \"\"",
            "self = {}",
            "self = false",
        ],
    ),
    (
        ENGAGEMENT,
        "people = [\"everyone\"]",
        &[
            "person = [\"everyone\"]",
            "People = []",
            "people = \"everyone\"",
        ],
    ),
    (
        ENGAGEMENT,
        "themes = [\"manager\"]",
        &[
            "theme = [\"manager\"]",
            "Themes = [\"manager\"]",
            // Words for people.
            "themes = [\"Manager\"]",
            "themes = [\"MANAGER\"]",
            "themes = [\"managers\"]",
            "themes = [\"manger\"]",
            "themes = [\"manager \"]",
            "themes = [\" manager\"]",
            "themes = [\"manager\u{a0}\"]",
            "themes = [\"mana\u{200b}ger\"]",
            "themes = [\"\u{ff4d}anager\"]",
            "themes = [\"m\u{430}nager\"]",
            "themes = [\"mana\u{ad}ger\"]",
            "themes = [\"everybody\"]",
            "themes = [\"Everyone\"]",
            "themes = [\"every one\"]",
            "themes = [\"all\"]",
            "themes = [\"public\"]",
            "themes = [\"anyone\"]",
            "themes = [\"Priya\"]",
            "themes = [\"pryia\"]",
            "themes = [\"Priya Raman\"]",
            "themes = [\"priya-raman\"]",
            "themes = [\"priya@ostrey.example\"]",
            "themes = [\"peer\"]",
            "themes = [\"boss\"]",
            "themes = [\"HR\"]",
            "themes = [\"sponser\"]",
            "themes = [\"suporter\"]",
            "themes = [\"coachees\"]",
            "themes = [\"client\"]",
            "themes = [\"manager\", \"sponser\"]",
        ],
    ),
    (
        ENGAGEMENT,
        "agendas = [\"attendees\"]",
        &[
            "agenda = [\"attendees\"]",
            "meetings = [\"attendees\"]",
            "agendas = [\"attendee\"]",
            "agendas = [\"Attendees\"]",
            "agendas = [\"participants\"]",
            "agendas = \"attendees\"",
        ],
    ),
    (
        ENGAGEMENT,
        "updates = [\"manager\"]",
        &["update = [\"manager\"]", "news = [\"manager\"]"],
    ),
    (
        ENGAGEMENT,
        "reviews = [\"manager\", \"sponsor\"]",
        &[
            "review = [\"manager\"]",
            "rewiews = [\"manager\"]",
            "notes = [\"manager\"]",
            "reviews = [\"manager\", \"sponsor\"]\nnotes = []",
            "reviews = []\nreviews = [\"everyone\"]",
        ],
    ),
    // People.
    (
        ENGAGEMENT,
        "id = \"priya\"",
        &[
            "id = \"Priya\"",
            "id = \"priya \"",
            "id = \"priya\u{a0}raman\"",
            "id = \"priya_raman\"",
            "id = \"everyone\"",
            "id = \"attendees\"",
            "id = \"sponsor\"",
            "id = \"anders\"",
            "id = \"\"",
            "id = 7",
            "ID = \"priya\"",
            "id = [\"priya\"]",
            "name = \"priya\"",
        ],
    ),
    (
        ENGAGEMENT,
        "role = \"manager\"",
        &[
            "role = \"Manager\"",
            "role = \"manager \"",
            "role = \"managers\"",
            "role = \"line manager\"",
            "role = \"boss\"",
            "role = [\"manager\"]",
            "role = [\"manager\", \"sponsor\"]",
            "Role = \"manager\"",
            "rôle = \"manager\"",
            "roles = \"manager\"",
            "",
            "role = \"\"",
            "role = \"everyone\"",
            "role = \"coachee\"",
        ],
    ),
    (
        ENGAGEMENT,
        "role = \"coachee\"",
        &[
            "role = \"Coachee\"",
            "role = \"client\"",
            "role = \"coach\"",
            "role = \"coachee\"\nrole = \"coachee\"",
        ],
    ),
    (
        ENGAGEMENT,
        "[[stakeholder]]\nid = \"idris\"",
        &[
            "[stakeholder]\nid = \"idris\"",
            "[[stakeholders]]\nid = \"idris\"",
            "[[Stakeholder]]\nid = \"idris\"",
            "[[supporter]]\nid = \"idris\"",
            "[[person]]\nid = \"idris\"",
            "id = \"idris\"",
        ],
    ),
    (
        ENGAGEMENT,
        "portal = false",
        &[
            "portal = \"false\"",
            "portal = \"no\"",
            "portal = 0",
            "portal = False",
            "portal = off",
            "Portal = false",
            "portals = false",
            "portal = []",
            "reads = false",
            "portal: false",
            "portal = false\nportal = true",
        ],
    ),
    (
        ENGAGEMENT,
        "link = 1",
        &[
            "link = \"1\"",
            "link = 0",
            "link = -1",
            "link = 1.5",
            "Link = 2",
            "links = 2",
            "link = true",
            "link = 99999999999",
        ],
    ),
    (
        ENGAGEMENT,
        "end = 2026-09-30",
        &[
            "end = 2026-09-30\nclose = 2026-03-01",
            "end = 2026-09-30\ncloses = \"2026-03-01\"",
            "end = 2026-09-30\nCloses = 2026-03-01",
            "end = 2026-09-30\ncloses = true",
            "end = 2026-09-30\nclosed = 2026-03-01",
            "end = 2026-09-30\ncloses = 2025-03-01",
            "end = 2026-09-30\nacess = \"sealed\"",
            "end = 2026-09-30\naccess = \"Sealed\"",
            "end = 2026-09-30\naccess = \"open\"",
            "end = 2026-09-30\ndocument = true",
            "end = 2026-09-30\ndocuments = \"true\"",
            "end = 2026-09-30\ndraft = true",
            "end = 2026-09-30\nprivate = true",
            "end = 2026-09-30\nshare = [\"manager\"]",
        ],
    ),
    // What stands behind a figure.
    (
        ENGAGEMENT,
        "minimum = 3",
        &[
            "minimum = 2",
            "minimum = 0",
            "minimum = -3",
            "minimum = \"3\"",
            "minimum = 3.5",
            "minimun = 5",
            "Minimum = 5",
            "minumum = 5",
            "min = 5",
            "minimum = [5]",
            "minimum = 5\nminimum = 3",
        ],
    ),
    (
        ENGAGEMENT,
        "[pulse]",
        &["[puls]", "[Pulse]", "[[pulse]]", "[pulses]"],
    ),
    (
        ENGAGEMENT,
        "scale = \"change\"",
        &[
            "scale = \"Change\"",
            "scale = \"changes\"",
            "scale = { from = 1 }",
            "scale = { from = 7, to = 1 }",
            "scale = { from = 1, to = 700 }",
            "scale = [1, 7]",
            "scale = \"1-7\"",
            "scale = { from = \"1\", to = \"7\" }",
            "Scale = \"change\"",
        ],
    ),
    (ENGAGEMENT, "[roles]", &["[role]", "[Roles]", "[[roles]]"]),
    (
        ENGAGEMENT,
        "manager = \"Notice",
        &[
            "managers = \"Notice",
            "Manager = \"Notice",
            "priya = \"Notice",
            "everyone = \"Notice",
        ],
    ),
    // A goal's own `share`.
    (
        GOAL,
        "share = { goals = [\"manager\"], progress = [\"manager\", \"sponsor\"] }",
        &[
            "shared = { goals = [\"manager\"] }",
            "Share = { goals = [\"manager\"] }",
            "shares = { goals = [\"manager\"] }",
            "share = [\"manager\"]",
            "share = \"manager\"",
            "share = {}x",
            "share = { goal = [\"manager\"] }",
            "share = { Goals = [\"manager\"] }",
            "share = { goals = \"manager\" }",
            "share = { facts = [\"manager\"] }",
            "share = { agendas = [\"manager\"] }",
            "share = { updates = [] }",
            "share = { notes = [] }",
            "share = { agreed = 2026-02-02 }",
            "share = { goals = [\"manger\"] }",
            "share = { goals = [\"attendees\"] }",
            "share = { goals = [\"manager\"], goals = [] }",
            "share = { goals = [\"manager\"] }\nshare = { goals = [] }",
            "share = [[\"manager\"], [], [], [], [], []]",
            "share.goal = [\"manager\"]",
            "share.goals = \"manager\"",
            "share = { goals: [\"manager\"] }",
            "share = ( goals = [\"manager\"] )",
            "hide = [\"manager\"]",
            "visible_to = [\"manager\"]",
            "audience = [\"manager\"]",
            "private = true",
            "draft = true",
            "confidential = true",
            "share = {\u{a0}goals = [\"manager\"] }",
            "share = { goals = [“manager”] }",
            "supporters = \"tom\"",
            "supporters = [\"Tom\"]",
            "supporters = [\"peer\"]",
            "supporters = [\"supporter\"]",
            "supporters = [\"everyone\"]",
            "supporters = [\"nyah\"]",
            "supporter = [\"tom\"]",
            "suporters = [\"tom\"]",
            "Supporters = []",
            "supporters = [\"tom\", \"tom\"]",
            "supporters = [\"tom\", \"lena\"]",
            "supporters = true",
            "raters = [\"tom\"]",
        ],
    ),
    // Keys below a table of a list belong to that table.
    (
        GOAL,
        "done = 2026-03-12",
        &[
            "done = 2026-03-12\nshare = { goals = [] }",
            "done = 2026-03-12\n[action.share]\ngoals = []",
            "done = 2026-03-12\nsupporters = [\"tom\"]",
            "done = \"2026-03-12\"",
            "done = true",
            "Done = 2026-03-12",
        ],
    ),
    (
        GOAL,
        "[[action]]",
        &["[[actions]]", "[action]", "[[Action]]", "[[share]]"],
    ),
    (
        GOAL,
        "[[support]]",
        &["[[supports]]", "[support]", "[[supporters]]"],
    ),
    (
        GOAL,
        "alias = \"Goal A\"",
        &[
            "allias = \"Goal A\"",
            "Alias = \"Goal A\"",
            "alias = [\"Goal A\"]",
            "alias = \"\"",
        ],
    ),
    (
        GOAL,
        "+++\ntitle = \"Clear",
        &[
            "++\ntitle = \"Clear",
            "++++\ntitle = \"Clear",
            "---\ntitle = \"Clear",
            "+ + +\ntitle = \"Clear",
            "\n+++\ntitle = \"Clear",
            " +++\ntitle = \"Clear",
            "title = \"Clear",
            "\u{feff}\u{feff}+++\ntitle = \"Clear",
            "＋＋＋\ntitle = \"Clear",
            "```toml\ntitle = \"Clear",
            "+++toml\ntitle = \"Clear",
        ],
    ),
    (
        GOAL,
        "text = \"Ask for the headline first.\"\n+++",
        &[
            "text = \"Ask for the headline first.\"\n++",
            "text = \"Ask for the headline first.\"\n---",
            "text = \"Ask for the headline first.\"\n++++",
            "text = \"Ask for the headline first.\"\n +++",
            "text = \"Ask for the headline first.\"",
            "text = \"Ask for the headline first.\" +++",
        ],
    ),
    // What slips below the front matter, and what would hide something in the text below it.
    (
        GOAL,
        "+++\n\nWhy it matters",
        &[
            "+++\nshare = { goals = [] }\n\nWhy it matters",
            "+++\n\nshare: manager\n\nWhy it matters",
            "+++\n\nsupporters = [\"tom\"]\nWhy it matters",
            "+++\n[share]\nWhy it matters",
            "+++\n[[action]]\ntext = \"x\"\n+++\n\nWhy it matters",
            "+++\n\nIt is good. <!-- for me:\n\nhush -->\nWhy it matters",
        ],
    ),
    (
        ENGAGEMENT,
        "purpose = \"To lead the team without doing its work.\"",
        &[
            "purpose = \"\"\"To lead.\n\n::: private\nhush\n:::\n\"\"\"",
            "purpose = \"\"\"To lead.\n:: private\nhush\n::\n\"\"\"",
            "purpose = \"To lead. <!-- hush -->\"",
            "purpose = \"To lead. %% hush %%\"",
            "purpose = \"To lead. {>> hush <<}\"",
        ],
    ),
    // Passages.
    (
        GOAL,
        "::: only manager\n",
        &[
            "::: only manger\n",
            "::: only Manager\n",
            "::: only managers\n",
            ":::only manager\n",
            "::: Only manager\n",
            "::: ONLY manager\n",
            "::: only: manager\n",
            "::: only manager and sponsor\n",
            "::: only \"manager\"\n",
            "::: only [manager]\n",
            "::: only (manager)\n",
            "::: only manager;sponsor\n",
            "::: only manager/sponsor\n",
            "::: only\n",
            "::: only ,\n",
            "::: onyl manager\n",
            "::: olny manager\n",
            "::: for manager\n",
            "::: manager\n",
            "::: to manager\n",
            "::: not hr\n",
            "::: except hr\n",
            "::: only !hr\n",
            "::: only nobody\n",
            "::: only all\n",
            "::: only attendees\n",
            "::: only priya-raman\n",
            "::: only mana\u{ad}ger\n",
            "::: only m\u{430}nager\n",
            "::::only manager\n",
            ":::: only manager\n",
            "::  only manager\n",
            ":: only manager\n",
            ": only manager\n",
            " ::: only manager\n",
            "\t::: only manager\n",
            "> ::: only manager\n",
            "- ::: only manager\n",
            "1. ::: only manager\n",
            "::: {only manager}\n",
            "::: {.only}\n",
            ":::\u{a0}only manager\n",
            "\u{a0}::: only manager\n",
            "：：：only manager\n",
            "\u{200b}::: only manager\n",
            "::\u{200b}: only manager\n",
            "|:: only manager\n",
            ";;; only manager\n",
            "--- only manager\n",
            "=== only manager\n",
            "+++ only manager\n",
            "/// only manager\n",
            "%%% only manager\n",
            "!!! only manager\n",
            "??? only manager\n",
            "@only manager\n",
            "{% only manager %}\n",
            "[only manager]\n",
            "<only manager>\n",
            "<!-- only manager -->\n",
            "```only manager\n",
            "~~~ only manager\n",
            "$$$ only manager\n",
            "^^^ only manager\n",
        ],
    ),
    (
        GOAL,
        "::: private\n",
        &[
            "::: privat\n",
            "::: prvate\n",
            "::: Private\n",
            "::: PRIVATE\n",
            ":::private\n",
            "::: privates\n",
            "::: private note\n",
            "::: private:\n",
            ":::: private\n",
            ":: private\n",
            ": private\n",
            " ::: private\n",
            "    ::: private\n",
            "\t::: private\n",
            "> ::: private\n",
            "- ::: private\n",
            "* ::: private\n",
            "::: confidential\n",
            "::: secret\n",
            "::: hidden\n",
            "::: internal\n",
            "::: note\n",
            "::: coach\n",
            "::: nobody\n",
            "::: none\n",
            "::: {private}\n",
            "::: {.private}\n",
            "::: [private]\n",
            ":::\u{a0}private\n",
            "\u{a0}::: private\n",
            "：：： private\n",
            "\u{200b}::: private\n",
            "::: pr\u{456}vate\n",
            "; private\n",
            ";;; private\n",
            "!!! private\n",
            "[private]\n",
            "[[private]]\n",
            "> [!PRIVATE]\n",
            "```private\n",
            "``` private\n",
            "~~~private\n",
            "~~~ private\n",
            "{% private %}\n",
            "{{private}}\n",
            "@private\n",
            "/// private\n",
            "// private\n",
            "%% private\n",
            "=== private\n",
            "--- private\n",
            "+++ private\n",
            "*** private ***\n",
            "**private**\n",
            "<private>\n",
            "<!-- private -->\n",
            "??? private\n",
            "$$$ private\n",
            "^^^ private\n",
            "(private)\n",
            "# private\n",
            "::\n",
            "::::\n",
            ":: :\n",
            ": ::\n",
            "private :::\n",
            "text ::: private\n",
            "private:::\n",
        ],
    ),
    (
        GOAL,
        "privatecanary.\n:::\n",
        &[
            "privatecanary.\n",
            "privatecanary.\n::\n",
            "privatecanary.\n::::\n",
            "privatecanary.\n:: :\n",
            "privatecanary.\n ::: \n",
            "privatecanary.\n::: end\n",
            "privatecanary.\n:::/private\n",
            "privatecanary.\n/:::\n",
            "privatecanary. :::\n",
            "privatecanary.\n```\n",
            "privatecanary.\n：：：\n",
            "privatecanary.\n::: private\n",
        ],
    ),
    // Meetings.
    (
        AGENDA,
        "share = [\"attendees\", \"sponsor\"]",
        &[
            "share = \"attendees\"",
            "Share = [\"attendees\"]",
            "shared = [\"attendees\"]",
            "share = [\"attendee\"]",
            "share = [\"Attendees\"]",
            "share = [\"attendees \"]",
            "share = [\"sponser\"]",
            "share = { agendas = [\"sponsor\"] }",
            "share = true",
            "share = [\"attendees\", [\"sponsor\"]]",
            "share = [attendees]",
            "audience = [\"attendees\"]",
            "share = [\"hr-team\"]",
        ],
    ),
    (
        AGENDA,
        "attendees = [\"coach\", \"nyah\", \"priya\"]",
        &[
            "attendee = [\"coach\"]",
            "Attendees = [\"coach\"]",
            "attendees = \"coach\"",
            "attendees = [\"Nyah\"]",
            "attendees = [\"nyah \"]",
            "attendees = [\"supporter\"]",
            "attendees = [\"everyone\"]",
            "attendees = [\"nyah\", \"nyah\"]",
            "attendants = [\"coach\"]",
            "attendees = []\nattendees = [\"coach\"]",
        ],
    ),
    (
        AGENDA,
        "text = \"Purpose of the meeting\"",
        &[
            "text = \"Purpose\"\nshare = [\"manager\"]",
            "text = \"Purpose\"\nprivate = true",
            "texts = \"Purpose\"",
        ],
    ),
    (
        AGENDA,
        "kind = \"calibration\"",
        &[
            "kind = \"Calibration\"",
            "kind = \"calibraton\"",
            "kind = \"\"",
            "kind = [\"calibration\"]",
            "Kind = \"calibration\"",
            "type = \"calibration\"",
        ],
    ),
    (
        AGENDA,
        "[[outcome]]\ngoal = \"clear\"",
        &[
            "[[outcomes]]\ngoal = \"clear\"",
            "[outcome]\ngoal = \"clear\"",
            "[[outcome]]\ngoal = \"Clear\"",
            "[[outcome]]\ngoal = \"1-clear\"",
            "[[outcome]]\ngoal = \"claer\"",
            "[[outcome]]\ngoals = [\"clear\"]",
            "[[outcome]]\ngoal = [\"clear\"]",
            "[[outcome]]\nGoal = \"clear\"",
            "[[outcome]]\ngoal = \"\"",
        ],
    ),
    (
        AGENDA,
        "[[next]]",
        &[
            "[[nexts]]",
            "[next]",
            "[[Next]]",
            "[[debriefs]]",
            "[[debreif]]",
            "[debrief]",
            "[[Debrief]]",
            "[[debrief]]\nowner = \"priya\"",
            "[[debrief]]\nshare = [\"manager\"]",
        ],
    ),
    // What is asked of others.
    (
        GOAL,
        "[[support]]\n",
        &[
            "[[supports]]\n",
            "[support]\n",
            "[[Support]]\n",
            "[[support]]\nkind = \"means\"\n",
            "[[support]]\nkind = \"Time\"\n",
            "[[support]]\nkind = [\"time\"]\n",
            "[[support]]\nkinds = \"time\"\n",
            "[[support]]\nagreed = true\n",
            "[[support]]\nagred = 2026-03-02\n",
            "[[support]]\nagreed = \"2026-03-02\"\n",
            "[[support]]\ngiven = \"yes\"\n",
            "[[support]]\ngave = 2026-03-02\n",
            "[[support]]\ndue = \"March\"\n",
            "[[support]]\nby = 2026-03-31\n",
            "[[support]]\nshare = [\"manager\"]\n",
        ],
    ),
    // News, reviews, themes.
    (
        UPDATE,
        "share = [\"manager\"]",
        &[
            "share = \"manager\"",
            "share = [\"Manager\"]",
            "share = [\"manger\"]",
            "share = [\"attendees\"]",
            "share = { updates = [\"manager\"] }",
            "shared = [\"manager\"]",
            "Share = [\"manager\"]",
            "share = []\nshare = [\"everyone\"]",
            "visibility = \"manager\"",
            "share = [\"manager\"]\ndraft = true",
            "share = [\"manager\"]\n[share]",
            "share = 1",
            "share\u{a0}= [\"manager\"]",
            "share = [ “manager” ]",
            "share == [\"manager\"]",
            "share: [\"manager\"]",
        ],
    ),
    (
        REVIEW,
        "kind = \"midpoint\"",
        &[
            "kind = \"mid-point\"",
            "kind = \"Midpoint\"",
            "kind = \"finale\"",
            "kind = 1",
            "Kind = \"final\"",
            "kind = \"midpoint\"\ncelebrate = [\"Cake.\"]",
            "kind = \"midpoint\"\ncelebrated = \"Cake.\"",
            "kind = \"midpoint\"\ncontinue = [\"Talks.\"]",
            "kind = \"midpoint\"\ncontinues = \"Talks.\"",
            "kind = \"midpoint\"\ncontinues = [{ text = \"Talks.\" }]",
            "kind = \"midpoint\"\ncontinues = [{ text = \"Talks.\", with = \"priya\" }]",
            "kind = \"midpoint\"\ncontinues = [{ text = \"Talks.\", with = [\"pria\"] }]",
            "kind = \"midpoint\"\ncontinues = [{ text = \"Talks.\", whith = [\"priya\"] }]",
            "kind = \"midpoint\"\ncontinues = [{ text = \"Talks.\", with = [\"priya\"], share = [\"hr\"] }]",
            "kind = \"midpoint\"\nfound = [\"It lasts.\"]",
            "kind = \"midpoint\"\nfollow_up = 2026-03-01\nfound = \"It lasts.\"",
            "kind = \"midpoint\"\nfollow_up = 2026-03-01\nfounds = [\"It lasts.\"]",
            "kind = \"midpoint\"\nfollow_up = 2026-12-31\nfound = [\"It lasts.\"]",
            "kind = \"midpoint\"\nfollow-up = 2026-03-01",
            "kind = \"midpoint\"\nshare = \"manager\"",
            "kind = \"midpoint\"\nshare = [\"manger\"]",
            "kind = \"midpoint\"\nshares = [\"manager\"]",
        ],
    ),
    (
        REVIEW,
        "goal = \"clear\"",
        &[
            "goal = \"Clear\"",
            "goal = \"clear \"",
            "goal = \"claer\"",
            "goals = \"clear\"",
            "goal = [\"clear\"]",
            "goal = \"clear\"\nshare = [\"manager\"]",
        ],
    ),
    (
        THEMES,
        "goal = \"clear\"",
        &[
            "goal = \"Clear\"",
            "goal = \"claer\"",
            "goals = \"clear\"",
            "Goal = \"clear\"",
            "goal = \"Goal A\"",
            "goal = \"clear\"\nshare = [\"manager\"]",
            "goal = [\"clear\"]",
        ],
    ),
    (
        THEMES,
        "[[theme]]",
        &["[[themes]]", "[theme]", "[[Theme]]", "[[comment]]"],
    ),
    // Rounds.
    (
        ROUND,
        "rater,goal,score,followed_up,comment",
        &[
            "rater,goal,score,followed_up,comments",
            "rater,goal,score,followed_up,Comment",
            "rater,goal,score,followed_up,note",
            "Rater,goal,score,followed_up,comment",
            "rater,goals,score,followed_up,comment",
            "rater,goal,Score,followed_up,comment",
            "rater;goal;score;followed_up;comment",
            "rater\tgoal\tscore\tfollowed_up\tcomment",
            "rater,goal,score,followup,comment",
            "rater,goal,score,followed_up,comment,comment",
            "name,goal,score,followed_up,comment",
        ],
    ),
    (
        ROUND,
        "tom,clear,2,yes,",
        &[
            "Tom,clear,2,yes,",
            "tm,clear,2,yes,",
            "t\u{43e}m,clear,2,yes,",
            "tom,Clear,2,yes,",
            "tom,claer,2,yes,",
            "tom,clear,two,yes,",
            "tom,clear,22,yes,",
            "tom,clear,2.5,yes,",
            "tom,clear,2,Yes,",
            "tom,clear,2,true,",
            "tom,clear,2",
            "tom,clear,2,yes,,",
            "tom,clear,2,yes,\ntom,clear,1,yes,",
            "coach,clear,2,yes,",
            "everyone,clear,2,yes,",
            ",clear,2,yes,",
            "tom,,2,yes,",
            "tom,clear,2,yes,\"",
            "tom,clear,2,yes,\"a\"b",
            "\"tom,clear,2,yes,",
            "supporter,clear,2,yes,",
        ],
    ),
    // The firm.
    (
        SITE,
        "terms = [\"Project Falcon\"]",
        &[
            "term = [\"Project Falcon\"]",
            "Terms = [\"Project Falcon\"]",
            "terms = \"Project Falcon\"",
            "terms = [\"\"]",
            "words = [\"Project Falcon\"]",
            "terms = [1]",
        ],
    ),
    (
        SITE,
        "[confidential]",
        &[
            "[confidental]",
            "[Confidential]",
            "[[confidential]]",
            "[secret]",
        ],
    ),
    (
        SITE,
        "language = \"en\"",
        &[
            "language = \"en\"\naccess = \"Link\"",
            "language = \"en\"\naccess = \"seal\"",
            "language = \"en\"\naccess = \"sealed \"",
            "language = \"en\"\nacces = \"sealed\"",
            "language = \"en\"\naccess = true",
            "language = \"en\"\naccess = [\"sealed\"]",
            "language = \"en\"\ntheme = \"../theme\"",
            "Language = \"en\"",
        ],
    ),
    (SITE, "[site]", &["[Site]", "[sites]", "[[site]]"]),
];

/// Files and folders under names that are not theirs.
const MISNAMED: &[(&str, &[&str])] = &[
    (
        "nyah/notes",
        &[
            "nyah/note",
            "nyah/Notes",
            "nyah/NOTES",
            "nyah/notes ",
            "nyah/notes.d",
            "nyah/private",
            "nyah/nôtes",
            "nyah/goals/notes",
            "nyah/notizen",
            "notes_of_nyah",
        ],
    ),
    (
        "nyah/goals",
        &["nyah/goal", "nyah/Goals", "nyah/goals ", "nyah/zgoals"],
    ),
    (
        "nyah/agendas",
        &["nyah/agenda", "nyah/Agendas", "nyah/meetings"],
    ),
    ("nyah/pulse", &["nyah/pulses", "nyah/Pulse", "nyah/puls"]),
    (
        "nyah/updates",
        &["nyah/update", "nyah/Updates", "nyah/news"],
    ),
    ("nyah/reviews", &["nyah/review", "nyah/Reviews"]),
    ("nyah/files", &["nyah/file", "nyah/Files", "nyah/images"]),
    (
        "nyah",
        &[
            "Nyah",
            "nyah adeyemi",
            "nyah_adeyemi",
            "nyäh",
            "-nyah",
            "everyone",
        ],
    ),
    (
        "nyah/engagement.toml",
        &[
            "nyah/Engagement.toml",
            "nyah/engagment.toml",
            "nyah/engagement.TOML",
            "nyah/engagement.toml.txt",
            "nyah/engagement",
            "nyah/engagements.toml",
            "nyah/engagement.tml",
        ],
    ),
    (
        AGREEMENT,
        &[
            "nyah/Agreement.md",
            "nyah/agreements.md",
            "nyah/agrement.md",
            "nyah/agreement.MD",
            "nyah/agreement.markdown",
            "nyah/agreement.txt",
            "nyah/agreement",
            "nyah/agreement.md.md",
            "nyah/goals/agreement.md",
            "nyah/agendas/agreement.md",
            "agreement.md",
        ],
    ),
    (
        GOAL,
        &[
            "nyah/goals/clear.md",
            "nyah/goals/1-Clear.md",
            "nyah/goals/1-clear.MD",
            "nyah/goals/1-clear.markdown",
            "nyah/goals/1-clear.txt",
            "nyah/goals/1_clear.md",
            "nyah/goals/1 clear.md",
            "nyah/goals/one-clear.md",
            "nyah/goals/1-clear.md.md",
            "nyah/goals/1--clear.md",
            "nyah/goals/1-clear .md",
            "nyah/1-clear.md",
            "nyah/goals/2-calm2.md",
            "nyah/agendas/1-clear.md",
            "nyah/goals/1-clear",
        ],
    ),
    (
        AGENDA,
        &[
            "nyah/agendas/2026-2-3-calibration.md",
            "nyah/agendas/2026-02-04-calibration.md",
            "nyah/agendas/2026-02-30-calibration.md",
            "nyah/agendas/calibration.md",
            "nyah/agendas/2026-02-03-Calibration.md",
            "nyah/agendas/2026-02-03_calibration.md",
            "nyah/agendas/03-02-2026-calibration.md",
            "nyah/agendas/2026-02-03-calibration.txt",
            "nyah/updates/2026-02-03-calibration.md",
            "nyah/reviews/2026-02-03-calibration.md",
        ],
    ),
    (
        ROUND,
        &[
            "nyah/pulse/2026-3-2.csv",
            "nyah/pulse/2026-03-02.CSV",
            "nyah/pulse/2026-03-02.xlsx",
            "nyah/pulse/2026-03-02-final.csv",
            "nyah/pulse/2026-03-02.txt",
            "nyah/pulse/march.csv",
            "nyah/pulse/2026-03-09.csv",
            "nyah/2026-03-02.csv",
        ],
    ),
    (
        UPDATE,
        &[
            "nyah/updates/first-month.md",
            "nyah/updates/2026-03-15-first month.md",
            "nyah/updates/2026-03-15-first-month.mdx",
            "nyah/goals/2026-03-15-first-month.md",
            "nyah/reviews/2026-03-15-first-month.md",
            "nyah/agendas/2026-03-15-first-month.md",
            "nyah/pulse/2026-03-15.md",
        ],
    ),
    (
        REVIEW,
        &[
            "nyah/reviews/midpoint.md",
            "nyah/updates/2026-03-16-midpoint.md",
            "nyah/reviews/2026-06-31-midpoint.md",
        ],
    ),
    // A note in any other place is no update, no goal and no page.
    (
        "nyah/notes/2026-01-20-session.md",
        &[
            "nyah/2026-01-20-session.md",
            "nyah/notes.md",
            "nyah/goals/3-session.md",
            "nyah/agendas/2026-01-20-session.md",
            "nyah/updates/2026-01-20-session.md",
            "nyah/reviews/2026-01-20-session.md",
            "nyah/pulse/2026-01-20.md",
            "2026-01-20-session.md",
            "notes.md",
        ],
    ),
    (
        "loggia.toml",
        &[
            "Loggia.toml",
            "loggia.TOML",
            "loggia.toml.txt",
            "logia.toml",
            "config.toml",
        ],
    ),
];

#[test]
fn every_slip_of_the_pen_is_refused_and_publishes_nothing() {
    assert!(SLIPS.iter().map(|(_, _, slips)| slips.len()).sum::<usize>() > 60);
    let middle = SLIPS.len() / 2;
    let wrong = std::thread::scope(|scope| {
        let first = scope.spawn(|| accepted_slips(&SLIPS[..middle]));
        let mut wrong = accepted_slips(&SLIPS[middle..]);
        wrong.extend(first.join().unwrap());
        wrong
    });
    assert!(wrong.is_empty(), "accepted:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_and_folder_under_another_name_is_refused() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for (name, others) in MISNAMED {
        for other in *others {
            bench.project.rename(name, other);
            wrong.extend(
                bench
                    .is_accepted()
                    .map(|told| format!("{name} as {other}: {told}")),
            );
            bench.project.rename(other, name);
        }
    }
    bench.must_still_build();
    assert!(wrong.is_empty(), "accepted:\n{}", wrong.join("\n"));
}

fn accepted_slips(slips: &[(&str, &str, &[&str])]) -> Vec<String> {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for (file, right, slips) in slips {
        let text = bench.project.read(file);
        // The first place counts: tables of one kind follow each other.
        assert!(text.contains(right), "{file} holds {right}");
        let begins_passage = right.starts_with("::: ");
        for slip in *slips {
            let mut tries = vec![text.replacen(right, slip, 1)];
            // The end of a passage that never began is refused whatever its beginning is: without it, the slip alone can be why.
            tries.extend(begins_passage.then(|| without_passage_end(&text, right, slip)));
            for tried in tries {
                bench.project.write(file, &tried);
                let told = bench.is_accepted();
                wrong.extend(told.map(|told| format!("{file}: {slip:?} for {right:?}: {told}")));
            }
        }
        bench.project.write(file, &text);
    }
    bench.must_still_build();
    wrong
}

/// The text with `slip` where the passage begins that `right` begins, and without the line that ends it.
fn without_passage_end(text: &str, right: &str, slip: &str) -> String {
    let (before, rest) = text.split_once(right).unwrap();
    let (passage, after) = rest.split_once(":::\n").unwrap();
    format!("{before}{slip}{passage}{after}")
}

/// A project that is built, and stays as it is.
struct Bench {
    project: Project,
    site: Tree,
    folder: (u64, i64, i64),
}

impl Bench {
    fn new() -> Self {
        let project = Project::small();
        let people = "people = [\"everyone\"]\n";
        let with_agreement = format!("{people}agreement = [\"manager\"]\n");
        project.replace(ENGAGEMENT, people, &with_agreement);
        let agreement = "+++\ntitle = \"What we agreed\"\nchanged = 2026-02-02\n[[party]]\nperson = \"priya\"\nagreed = 2026-02-03\n+++\nSessions stay closed.\n\n::: only nyah\nA line between the two.\n:::\n";
        project.write(AGREEMENT, agreement);
        let site = project.built();
        let folder = identity(&project.site());
        Self {
            project,
            site,
            folder,
        }
    }

    /// Without a slip, nothing is refused.
    fn must_still_build(&self) {
        let ran = self.project.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }

    /// What is told, if the content is not refused as it should be.
    fn is_accepted(&self) -> Option<String> {
        // The records would refuse a changed round, or more than was agreed, in the slip's stead.
        for record in ["nyah/pulse/rounds.lock", "nyah/share.lock"] {
            let _ = std::fs::remove_file(self.project.path(record));
        }
        let ran = self.project.run(&["build", "--strict"]);
        let stands = identity(&self.project.site()) == self.folder
            && tree(&self.project.site()) == self.site;
        let is_good =
            ran.code == 3 && ran.stderr.contains("error: ") && ran.stdout.is_empty() && stands;
        (!is_good).then(|| {
            format!(
                "exit {}, {}",
                ran.code,
                ran.stderr.lines().next().unwrap_or_default()
            )
        })
    }
}
