//! What a template can call: words, dates, figures and drawings of one language.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, HtmlEscape, Value};

use crate::portal::chart::Chart;
use crate::portal::view::figures::{FigureView, ShareView};
use crate::portal::view::goals::GoalName;
use crate::render::format::Sign;
use crate::render::language::{Filling, Language, Said};
use crate::render::svg;
use crate::text::fault::Fault;

/// Adds the functions of a language to the environment of templates.
pub(super) fn add_to(environment: &mut Environment<'_>, language: &Arc<Language>) {
    add_words(environment, language);
    add_dates(environment, language);
    add_figures(environment, language);
}

fn add_words(environment: &mut Environment<'_>, language: &Arc<Language>) {
    let speaker = Arc::clone(language);
    environment.add_function("t", move |key: &str, gaps: Kwargs| {
        translate(&speaker, key, &gaps)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("group", move |group: &str| {
        Ok::<_, Error>(speaker.group_name(group)?)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("list", move |names: Vec<String>| list(&speaker, &names));
    let speaker = Arc::clone(language);
    environment.add_filter("readers", move |names: Vec<String>, others: usize| {
        readers(&speaker, &names, others)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("name", move |goal: &Value| {
        goal_name(&speaker, view::<GoalName>(goal)?)
    });
}

fn add_dates(environment: &mut Environment<'_>, language: &Arc<Language>) {
    let speaker = Arc::clone(language);
    environment.add_filter("date", move |date: &str| {
        Ok::<_, Error>(speaker.formats.long(parse_day(date)?))
    });
    let speaker = Arc::clone(language);
    environment.add_filter("day", move |date: &str| {
        Ok::<_, Error>(speaker.formats.short(parse_day(date)?))
    });
    let speaker = Arc::clone(language);
    environment.add_filter("weekday", move |date: &str| {
        let date = parse_day(date)?;
        Ok::<_, Error>(time_element(date, &speaker.formats.weekday(date)))
    });
    let speaker = Arc::clone(language);
    environment.add_filter("clock", move |moment: &str| {
        let moment: DateTime = moment
            .parse()
            .map_err(|_| Fault::of("`clock` takes a date with a time"))?;
        Ok::<_, Error>(speaker.formats.clock(moment.time()))
    });
}

fn add_figures(environment: &mut Environment<'_>, language: &Arc<Language>) {
    let speaker = Arc::clone(language);
    environment.add_filter("figure", move |figure: &Value| {
        Ok::<_, Error>(speaker.figure(view::<FigureView>(figure)?)?)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("points", move |figure: &Value| {
        Ok::<_, Error>(speaker.points(view::<FigureView>(figure)?)?)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("share", move |share: &Value| {
        Ok::<_, Error>(speaker.share(view::<ShareView>(share)?)?)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("percent", move |percent: i64| {
        Ok::<_, Error>(speaker.percent(percent)?)
    });
    let speaker = Arc::clone(language);
    environment.add_filter("score", move |score: i32, is_signed: bool| {
        speaker.formats.figure(score.into(), 0, Sign::of(is_signed))
    });
    let speaker = Arc::clone(language);
    environment.add_filter("number", move |number: &Value| {
        number_text(&speaker, number)
    });
    let speaker = Arc::clone(language);
    environment.add_function("draw", move |chart: &Value, id: &str, title: &str| {
        let drawing = svg::draw(view::<Chart>(chart)?, id, title, &speaker)?;
        Ok::<_, Error>(Value::from_safe_string(drawing))
    });
}

/// A sentence, its gaps filled by the named arguments.
fn translate(language: &Language, key: &str, gaps: &Kwargs) -> Result<Value, Error> {
    let mut fillings = Vec::new();
    for name in gaps.args() {
        let value: Value = gaps.get(name)?;
        fillings.push((name, filling(&value, key)?));
    }
    Ok(match language.say(key, &fillings)? {
        Said::Text(text) => Value::from(text),
        Said::Markup(markup) => Value::from_safe_string(markup),
    })
}

fn filling(value: &Value, key: &str) -> Result<Filling, Fault> {
    if let Some(text) = value.as_str() {
        let text = text.to_owned();
        return Ok(if value.is_safe() {
            Filling::Markup(text)
        } else {
            Filling::Text(text)
        });
    }
    let count = value.as_i64().filter(|_| value.is_integer());
    count
        .map(Filling::Count)
        .ok_or_else(|| Fault::of(format!("a gap of `{key}` takes a text or a whole number")))
}

/// The day of a date, with or without a time.
fn parse_day(text: &str) -> Result<Date, Fault> {
    text.parse()
        .map_err(|_| Fault::of("this filter takes a date of the portal"))
}

fn view<T: 'static>(value: &Value) -> Result<&T, Fault> {
    value
        .downcast_object_ref()
        .ok_or_else(|| Fault::of("this takes another value of a portal"))
}

/// A day that a reader may want to keep: what else on the page is a day is in words alone, which are a third as long.
fn time_element(machine: Date, human: &str) -> Value {
    let human = HtmlEscape(human);
    Value::from_safe_string(format!(r#"<time datetime="{machine}">{human}</time>"#))
}

/// A whole number, or a level of the scale with one decimal where it has one.
fn number_text(language: &Language, number: &Value) -> Result<String, Error> {
    if let Some(count) = number.as_i64().filter(|_| number.is_integer()) {
        return Ok(language.formats.count(count));
    }
    let value = f64::try_from(number.clone())?;
    let decimals = u8::from(value.fract().abs() > f64::EPSILON);
    Ok(language.formats.figure(value, decimals, Sign::Negative))
}

/// So many names are a list; more that are all there is are everyone.
const MOST_NAMES: usize = 2;

/// The names of readers: of all `others` who have a page, in a word.
fn readers(language: &Language, names: &[String], others: usize) -> Result<Value, Error> {
    if names.len() == others && others > MOST_NAMES {
        list(language, &[language.word("readers.all")?])
    } else {
        list(language, names)
    }
}

/// Names, joined as the language joins them.
fn list(language: &Language, names: &[String]) -> Result<Value, Error> {
    let Some((last, rest)) = names.split_last() else {
        return Ok(Value::from(""));
    };
    let isolated = |name: &String| format!("<bdi>{}</bdi>", HtmlEscape(name));
    let mut text = String::new();
    for (index, name) in rest.iter().enumerate() {
        if index > 0 {
            text.push_str(&language.word("list.comma")?);
        }
        text.push_str(&isolated(name));
    }
    if rest.is_empty() {
        return Ok(Value::from_safe_string(isolated(last)));
    }
    let gaps = [
        ("rest", Filling::Markup(text)),
        ("last", Filling::Markup(isolated(last))),
    ];
    match language.say("list.and", &gaps)? {
        Said::Text(text) | Said::Markup(text) => Ok(Value::from_safe_string(text)),
    }
}

/// The title of a goal as its reader knows it, or its number.
fn goal_name(language: &Language, goal: &GoalName) -> Result<String, Error> {
    match &goal.title {
        Some(title) => Ok(title.clone()),
        None => Ok(language.text(
            "goals.numbered",
            &[("number", Filling::Count(goal.number.into()))],
        )?),
    }
}
