//! The headers that survey tools write above columns of their own, in the seven languages of the program.
//!
//! A column is known by its whole header alone: a question may begin like one of these.

use crate::scaffold::form::fold::{fold, is_one_of};

/// Columns that say who answered, by name or by mail address.
const RATER: &[&str] = &[
    "Rater",
    "Respondent",
    "Stakeholder",
    "Name",
    "Your name",
    "Full name",
    "Your full name",
    "What is your name?",
    "What is your full name?",
    "Who are you?",
    "Email",
    "E-mail",
    "Email address",
    "E-mail address",
    "Your email",
    "Your email address",
    "What is your email address?",
    "Username",
    "RecipientEmail",
    "Recipient Email",
    "Ihr Name",
    "Dein Name",
    "Vollständiger Name",
    "Vor- und Nachname",
    "Wie heißen Sie?",
    "Wie heißt du?",
    "Wie ist Ihr Name?",
    "Wie ist dein Name?",
    "Wer sind Sie?",
    "Wer bist du?",
    "E-Mail-Adresse",
    "Ihre E-Mail-Adresse",
    "Deine E-Mail-Adresse",
    "Mailadresse",
    "Nutzername",
    "Benutzername",
    "Nom",
    "Nom complet",
    "Votre nom",
    "Nom et prénom",
    "Prénom et nom",
    "Quel est votre nom ?",
    "Comment vous appelez-vous ?",
    "Qui êtes-vous ?",
    "Adresse e-mail",
    "Adresse mail",
    "Adresse de messagerie",
    "Votre adresse e-mail",
    "Courriel",
    "Nom d’utilisateur",
    "Nombre",
    "Nombre completo",
    "Nombre y apellidos",
    "Su nombre",
    "Tu nombre",
    "¿Cómo se llama?",
    "¿Cómo te llamas?",
    "¿Cuál es su nombre?",
    "¿Cuál es tu nombre?",
    "¿Quién es usted?",
    "¿Quién eres?",
    "Correo",
    "Correo electrónico",
    "Dirección de correo electrónico",
    "Nombre de usuario",
    "Nome",
    "Nome completo",
    "Seu nome",
    "O seu nome",
    "Qual é o seu nome?",
    "Como se chama?",
    "Quem é você?",
    "Endereço de e-mail",
    "Correio eletrônico",
    "Correio eletrónico",
    "Nome de usuário",
    "Nome de utilizador",
    "名前",
    "お名前",
    "氏名",
    "あなたの名前",
    "お名前を教えてください",
    "回答者",
    "メール",
    "メールアドレス",
    "ユーザー名",
    "الاسم",
    "اسمك",
    "الاسم الكامل",
    "ما اسمك؟",
    "من أنت؟",
    "البريد الإلكتروني",
    "عنوان البريد الإلكتروني",
    "بريدك الإلكتروني",
    "اسم المستخدم",
];

/// The first half of a name that stands in two columns.
const FIRST_NAME: &[&str] = &[
    "First name",
    "Given name",
    "RecipientFirstName",
    "Recipient First Name",
    "Vorname",
    "Prénom",
    "Nombre",
    "Nome",
    "Nome próprio",
    "名",
    "الاسم الأول",
];

/// The second half of a name that stands in two columns.
const LAST_NAME: &[&str] = &[
    "Last name",
    "Surname",
    "Family name",
    "RecipientLastName",
    "Recipient Last Name",
    "Nachname",
    "Familienname",
    "Name",
    "Nom",
    "Nom de famille",
    "Apellidos",
    "Apellido",
    "Sobrenome",
    "Apelido",
    "姓",
    "اسم العائلة",
];

/// Columns that survey tools add by themselves.
const OWN: &[&str] = &[
    "ID",
    "Timestamp",
    "Start time",
    "Completion time",
    "Last modified time",
    "Language",
    "Score",
    "Total points",
    "Quiz feedback",
    "Grade posted time",
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Custom Data 1",
    "Custom Data 2",
    "Custom Data 3",
    "Custom Data 4",
    "Custom Data 5",
    "Custom Data 6",
    "StartDate",
    "EndDate",
    "Status",
    "IPAddress",
    "Progress",
    "Duration (in seconds)",
    "Finished",
    "RecordedDate",
    "Recorded Date",
    "ResponseId",
    "Response ID",
    "Response Type",
    "ExternalReference",
    "External Data Reference",
    "LocationLatitude",
    "Location Latitude",
    "LocationLongitude",
    "Location Longitude",
    "DistributionChannel",
    "Distribution Channel",
    "UserLanguage",
    "User Language",
    "Start Date (UTC)",
    "Submit Date (UTC)",
    "Network ID",
    "Tags",
    "Ending",
    "Submission Date",
    "Submission ID",
    "Submission IP",
    "Date submitted",
    "Last page",
    "Start language",
    "Seed",
    "Date started",
    "Date last action",
    "Referrer URL",
    "Token",
    "Access code",
    "Total time",
    "Zeitstempel",
    "Startzeit",
    "Fertigstellungszeit",
    "Zeitpunkt der letzten Änderung",
    "Sprache",
    "Punktzahl",
    "Gesamtpunktzahl",
    "Quizfeedback",
    "Antwort ID",
    "Datum Abgeschickt",
    "Letzte Seite",
    "Start-Sprache",
    "Zufallsstartwert",
    "Startdatum",
    "Enddatum",
    "IP-Adresse",
    "Horodateur",
    "Heure de début",
    "Heure de fin",
    "Heure de la dernière modification",
    "Langue",
    "Note",
    "Total de points",
    "Marca temporal",
    "Hora de inicio",
    "Hora de finalización",
    "Hora de la última modificación",
    "Idioma",
    "Puntuación",
    "Total de puntos",
    "Carimbo de data/hora",
    "Hora de início",
    "Hora de conclusão",
    "Hora da última modificação",
    "Pontuação",
    "Total de pontos",
    "タイムスタンプ",
    "開始時刻",
    "完了時刻",
    "最終変更時刻",
    "言語",
    "スコア",
    "合計点",
    "طابع زمني",
    "وقت البدء",
    "وقت الإكمال",
    "وقت آخر تعديل",
    "اللغة",
    "النتيجة",
    "إجمالي النقاط",
];

/// What a quiz puts before the whole header of a question, above columns of its own.
const BEFORE_QUESTION: &[&str] = &[
    "Points",
    "Feedback",
    "Punkte",
    "Commentaires",
    "Puntos",
    "Comentarios",
    "Pontos",
    "Comentários",
    "点数",
    "フィードバック",
    "النقاط",
    "ملاحظات",
];

/// What stands above a column of whether someone saw the coachee follow up.
const FOLLOW_UP: &[&str] = &[
    "follow up",
    "followed up",
    "following up",
    "nachgefasst",
    "nachfassen",
    "nachgehakt",
    "suivi",
    "seguimiento",
    "acompanhamento",
    "働きかけ",
    "フォローアップ",
    "المتابعة",
    "تابع معك",
    "تابعت معك",
];

/// What is written in place of a name that is not known.
const NOBODY: &[&str] = &[
    "anonymous",
    "anonym",
    "anonyme",
    "anónimo",
    "anônimo",
    "匿名",
    "مجهول",
];

pub(super) fn says_who(header: &str) -> bool {
    is_one_of(&fold(header), RATER)
}

pub(super) fn is_first_name(header: &str) -> bool {
    is_one_of(&fold(header), FIRST_NAME)
}

pub(super) fn is_last_name(header: &str) -> bool {
    is_one_of(&fold(header), LAST_NAME)
}

pub(super) fn asks_follow_up(header: &str) -> bool {
    let header = fold(header);
    FOLLOW_UP.iter().any(|words| header.contains(&fold(words)))
}

pub(super) fn is_nobody(cell: &str) -> bool {
    is_one_of(&fold(cell), NOBODY)
}

/// Whether a survey tool added the column, among columns with these headers.
pub(super) fn is_own(header: &str, all: &[String]) -> bool {
    if header == "#" {
        return true;
    }
    let header = fold(header);
    let is_of_question = |before: &str| {
        let rest = header.strip_prefix(&fold(before)).map(str::trim_start);
        rest.is_some_and(|rest| !rest.is_empty() && all.iter().any(|other| fold(other) == rest))
    };
    is_one_of(&header, OWN) || BEFORE_QUESTION.iter().any(|before| is_of_question(before))
}
