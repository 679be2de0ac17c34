//! Layouts as numbers: nothing collides, nothing leaves the drawing, and hidden rounds look all the same.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::diagnostic::Source;
use crate::portal::chart::{LineChart, Reference, SeriesName, SpreadChart};
use crate::portal::samples::figures;
use crate::render::bundled;
use crate::render::language::Language;
use crate::render::strings::Strings;
use crate::render::svg::line::{Layout, Size};
use crate::render::svg::line_words::LineWords;
use crate::render::svg::spread_bar;
use crate::render::svg::time_axis::columns;
use crate::render::svg::writer::Rect;

const SIZES: [Size; 2] = [Size::Wide, Size::Narrow];

fn language(tag: &str) -> Language {
    let source: Source = bundled::source(&format!("strings/{tag}.toml"));
    Language::of(tag, Arc::new(Strings::parse(&source).unwrap())).unwrap()
}

/// Rounds every thirty days, or all within a few days.
fn days(count: usize, apart: i32) -> Vec<Date> {
    let days = (0..count).map(|index| i32::try_from(index).unwrap() * apart);
    days.map(|day| {
        date(2025, 9, 3)
            .checked_add(jiff::Span::new().days(day))
            .unwrap()
    })
    .collect()
}

/// A chart with so many rounds and series on a scale; every fourth round is hidden.
fn chart(scale: (i32, i32), rounds: &[Date], series: usize) -> LineChart {
    let (from, to) = scale;
    let is_signed = from < 0;
    let names = [
        SeriesName::Total,
        SeriesName::Own,
        SeriesName::Group("manager".to_owned()),
        SeriesName::Group("innovation-and-transformation-office".to_owned()),
    ];
    let span = f64::from(to - from);
    let mut lines = Vec::new();
    for (number, name) in names.into_iter().take(series).enumerate() {
        let mut values = Vec::new();
        for index in 0..rounds.len() {
            // Ends of the scale and values close together, the worst that labels can meet.
            let part = f64::from(u32::try_from((index * 5 + number) % 7).unwrap()) / 6.0;
            let is_hidden = index % 4 == 2 && rounds.len() > 3;
            values.push((!is_hidden).then_some(f64::from(from) + span * part));
        }
        lines.push(figures::series(name, &values));
    }
    LineChart {
        from,
        to,
        reference: Some(if is_signed {
            Reference::Zero
        } else {
            Reference::Baseline(f64::from(from) + 0.4)
        }),
        target: Some(if is_signed { 1.0 } else { f64::from(to) - 0.5 }),
        rounds: rounds.to_vec(),
        series: lines,
        is_signed,
    }
}

#[track_caller]
fn check(layout: &Layout, what: &str) {
    let page = Rect {
        left: -0.1,
        top: -0.1,
        right: layout.width + 0.1,
        bottom: layout.height + 0.1,
    };
    let days = layout.days.iter().map(|(x, base, words)| {
        let half = crate::render::svg::lettering::width(words) / 2.0;
        Rect {
            left: x - half,
            top: base - 11.0,
            right: x + half,
            bottom: base + 4.0,
        }
    });
    let ticks = layout.ticks.iter().map(|(y, words)| {
        let width = crate::render::svg::lettering::width(words);
        Rect {
            left: layout.plot.left - 6.0 - width,
            top: y - 6.5,
            right: layout.plot.left - 6.0,
            bottom: y + 6.5,
        }
    });
    let texts: Vec<Rect> = days
        .chain(ticks)
        .chain(layout.key.iter().map(|entry| entry.rect))
        .chain(layout.labels.iter().map(|label| label.rect))
        .chain(layout.first.iter().map(|label| label.rect))
        .collect();
    for (index, text) in texts.iter().enumerate() {
        let is_inside = text.left >= page.left
            && text.right <= page.right
            && text.top >= page.top
            && text.bottom <= page.bottom;
        assert!(is_inside, "{what}: {text:?} leaves {page:?}");
        for other in &texts[index + 1..] {
            assert!(!text.overlaps(other), "{what}: {text:?} meets {other:?}");
        }
    }
    for stroke in &layout.strokes {
        for (x, y) in stroke.points.iter().chain(stroke.reaches.iter().flatten()) {
            let plot = &layout.plot;
            assert!(
                *x >= plot.left && *x <= plot.right,
                "{what}: {x} in {plot:?}"
            );
            assert!(*y >= plot.top - 0.1 && *y <= plot.bottom + 0.1, "{what}");
        }
    }
    assert!(layout.plot.width() >= 100.0, "{what}: {:?}", layout.plot);
}

#[test]
fn nothing_collides_and_nothing_leaves_the_drawing() {
    for tag in ["en", "de", "ja", "ar"] {
        let language = language(tag);
        for scale in [(-3, 3), (1, 5), (1, 7), (1, 10), (0, 100)] {
            for count in 1..=24 {
                for series in 0..=4 {
                    for apart in [1, 30, 91] {
                        let chart = chart(scale, &days(count, apart), series);
                        let words = LineWords::of(&chart, &language).unwrap();
                        for size in SIZES {
                            let layout = Layout::of(&chart, &words, size);
                            let what = format!(
                                "{tag} {scale:?} {count} rounds {apart} days apart, {series} series, {size:?}"
                            );
                            check(&layout, &what);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn uneven_rounds_stand_apart() {
    let mut rounds = days(6, 30);
    rounds[1] = rounds[0].tomorrow().unwrap();
    let chart = chart((-3, 3), &rounds, 1);
    let words = LineWords::of(&chart, &language("en")).unwrap();
    for size in SIZES {
        let layout = Layout::of(&chart, &words, size);
        check(&layout, "uneven");
        let points = &layout.strokes[0].points;
        assert!(points.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 9.0));
        // The others stand where their days are.
        let whole = points[4].0 - points[0].0;
        assert!((points[2].0 - points[0].0 - whole * 3.0 / 5.0).abs() < 0.01);
    }
}

#[test]
fn series_that_meet_are_set_aside_from_each_other() {
    let mut chart = chart((-3, 3), &days(3, 30), 4);
    for index in 1..4 {
        chart.series[index].points = chart.series[0].points.clone();
    }
    let words = LineWords::of(&chart, &language("en")).unwrap();
    for size in SIZES {
        let layout = Layout::of(&chart, &words, size);
        check(&layout, "met");
        for column in 0..3 {
            let points = layout.strokes.iter().map(|stroke| stroke.points[column]);
            let points: Vec<(f64, f64)> = points.collect();
            for (index, (x, y)) in points.iter().enumerate() {
                assert!((y - points[0].1).abs() < 0.01);
                let others = points[..index].iter();
                assert!(others.clone().all(|(other, _)| (x - other).abs() >= 3.0));
            }
        }
    }
    // With many rounds there is no room aside, and no line runs backwards.
    let mut crowded = chart;
    crowded.rounds = days(20, 30);
    for series in &mut crowded.series {
        series.points = vec![series.points[0]; 20];
    }
    let words = LineWords::of(&crowded, &language("en")).unwrap();
    for stroke in Layout::of(&crowded, &words, Size::Narrow).strokes {
        let forwards = |pair: &[(f64, f64)]| pair[1].0 > pair[0].0;
        assert!(stroke.points.windows(2).all(forwards));
    }
}

#[test]
fn rounds_without_room_share_what_there_is() {
    let plot = Rect {
        left: 0.0,
        top: 0.0,
        right: 124.0,
        bottom: 100.0,
    };
    for apart in [1, 7] {
        let mut rounds = days(100, apart);
        rounds[99] = rounds[98].checked_add(jiff::Span::new().years(1)).unwrap();
        let columns = columns(&rounds, &plot);
        assert!(columns.windows(2).all(|pair| pair[1] - pair[0] > 0.99));
        assert!(columns[0] >= 14.0 - 1e-9 && columns[99] <= 114.0 + 1e-9);
    }
}

#[test]
fn a_hidden_round_breaks_the_line_and_takes_a_slot_of_one_size() {
    let rounds = days(5, 30);
    let values = |middle| [Some(0.2), Some(0.4), middle, Some(0.8), Some(1.0)];
    let of = |values: &[Option<f64>]| {
        let mut chart = chart((-3, 3), &rounds, 1);
        chart.series = vec![figures::series(SeriesName::Total, values)];
        let words = LineWords::of(&chart, &language("en")).unwrap();
        Layout::of(&chart, &words, Size::Wide)
    };
    let layout = of(&values(None));
    assert_eq!(layout.strokes[0].runs.len(), 2);
    assert_eq!(layout.slots.len(), 1);
    let slot = &layout.slots[0];
    assert!(slot.height() < 12.0 && (slot.bottom - layout.plot.bottom).abs() < 0.01);
    assert_eq!(layout.key.len(), 1, "the key says what it means");
    let two = of(&[None, Some(0.4), None, Some(0.8), Some(1.0)]);
    assert!((two.slots[1].width() - layout.slots[0].width()).abs() < 0.01);
    assert!(of(&values(Some(0.6))).slots.is_empty());
}

#[test]
fn the_scale_is_drawn_from_end_to_end() {
    let chart = chart((1, 7), &days(3, 30), 1);
    let words = LineWords::of(&chart, &language("en")).unwrap();
    let layout = Layout::of(&chart, &words, Size::Wide);
    let ticks: Vec<&str> = layout.ticks.iter().map(|(_, words)| &**words).collect();
    assert_eq!(ticks, ["1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(layout.ticks.last().unwrap().0, layout.plot.top);
    assert_eq!(layout.ticks[0].0, layout.plot.bottom);
}

#[test]
fn a_spread_has_the_middle_of_same_in_its_middle() {
    for (improved, same, worse) in [
        (67, 22, 11),
        (0, 100, 0),
        (100, 0, 0),
        (0, 0, 100),
        (34, 34, 34),
    ] {
        let spread = SpreadChart {
            improved,
            same,
            worse,
            raters: 7,
        };
        for width in [640.0, 288.0] {
            let [(_, left), (_, middle), (_, right)] = spread_bar::parts(&spread, width);
            assert!((f64::midpoint(middle.left, middle.right) - width / 2.0).abs() < 0.01);
            assert!(
                left.left >= 0.0 && right.right <= width,
                "{left:?} {right:?}"
            );
            assert!(left.right <= middle.left + 0.01 && middle.right <= right.left + 0.01);
        }
    }
}
