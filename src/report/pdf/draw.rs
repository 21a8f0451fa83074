//! Pages as a PDF document with its structure.

use std::num::{NonZeroU16, NonZeroU32};

use chrono::Datelike as _;
use egui::{Color32, Pos2};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, ConfigurationError};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::{Document as Pdf, SerializeSettings};

use super::fonts::Fonts;
use super::page::Page;
use super::piece::{Group, Kind};
use crate::format;
use crate::report::attach::Attachment;
use crate::report::content::scenario_hash;
use crate::report::input::ReportInput;
use crate::report::scene::{Item, Mark, Path, Step, Words, parts};
use crate::report::text::grouped_hex;
use crate::state::Paper;

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The two standards do not go together.
    #[error("the standards of the document do not go together: {0:?}")]
    Standards(ConfigurationError),
    /// The document breaks a rule of its standards.
    #[error("the document could not be written: {0:?}")]
    Written(KrillaError),
    /// The paper has no size.
    #[error("the paper has no size")]
    NoPaper,
}

/// Pages, ready to be drawn.
pub(super) struct Document<'a> {
    pub(super) input: &'a ReportInput,
    pub(super) paper: Paper,
    pub(super) groups: Vec<Group>,
    pub(super) pages: Vec<Page>,
    /// Head and foot of each page.
    pub(super) frames: Vec<Vec<Item>>,
}

impl Document<'_> {
    /// Draws the pages.
    pub(super) fn finish(&self, fonts: &mut Fonts, attachments: &[Attachment]) -> Result<Vec<u8>, PdfError> {
        let standards = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A3_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(PdfError::Standards)?;
        let mut pdf =
            Pdf::new_with(SerializeSettings { configuration: standards, ..SerializeSettings::default() });
        let (width, height) = self.paper.size();
        let mut leaves: Vec<Vec<Identifier>> = vec![Vec::new(); self.groups.len()];
        for (page, frame) in self.pages.iter().zip(&self.frames) {
            let settings = PageSettings::from_wh(width, height).ok_or(PdfError::NoPaper)?;
            let mut sheet = pdf.start_page_with(settings);
            let mut surface = sheet.surface();
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
            frame.iter().for_each(|item| draw(&mut surface, fonts, item));
            surface.end_tagged();
            for part in &page.parts {
                let leaf = match part.group {
                    None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
                    Some(_) if is_text(&part.items) => ContentTag::Span(SpanTag::empty()),
                    Some(_) => ContentTag::Other,
                };
                let identifier = surface.start_tagged(leaf);
                part.items.iter().for_each(|item| draw(&mut surface, fonts, item));
                surface.end_tagged();
                if let Some(of_group) = part.group.and_then(|group| leaves.get_mut(group)) {
                    of_group.push(identifier);
                }
            }
            surface.finish();
            sheet.finish();
        }
        pdf.set_tag_tree(self.structure(leaves));
        pdf.set_outline(self.outline());
        pdf.set_metadata(self.metadata());
        let date = self.date();
        for one in attachments {
            let file = embedded(one, date);
            // Names are our own and never the same.
            pdf.embed_file(file);
        }
        pdf.finish().map_err(PdfError::Written)
    }

    /// The structure of the document.
    fn structure(&self, leaves: Vec<Vec<Identifier>>) -> TagTree {
        let mut nodes: Vec<Option<TagGroup>> =
            self.groups.iter().map(|group| Some(TagGroup::new(tag(&group.kind)))).collect();
        for (node, leaves) in nodes.iter_mut().zip(leaves) {
            let children = leaves.into_iter().map(Node::Leaf);
            node.iter_mut().for_each(|node| node.children.extend(children.clone()));
        }
        // A node comes after the one that it is in: from the last, each is whole when it is put into its parent.
        let mut roots = Vec::new();
        for index in (0..nodes.len()).rev() {
            let Some(node) = nodes[index].take() else { continue };
            match self.groups[index].parent.and_then(|parent| nodes[parent].as_mut()) {
                Some(parent) => parent.children.insert(0, Node::Group(node)),
                None => roots.push(node),
            }
        }
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        roots.into_iter().rev().for_each(|node| tree.push(node));
        tree
    }

    fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for (index, page) in self.pages.iter().enumerate() {
            for (y, name) in &page.bookmarks {
                let point = Point::from_xy(0.0, (y - 12.0).max(0.0));
                outline.push_child(OutlineNode::new(name.clone(), XyzDestination::new(index, point)));
            }
        }
        outline
    }

    fn date(&self) -> DateTime {
        let date = self.input.date;
        let year = date.year().max(0) as u16;
        let (month, day) = (date.month() as u8, date.day() as u8);
        DateTime::new(year)
            .month(month)
            .day(day)
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(0)
            .utc_offset_minute(0)
    }

    fn metadata(&self) -> Metadata {
        let case = &self.input.cases[0];
        let hash = grouped_hex(scenario_hash(&case.scenario));
        let title = format::visible_line(&case.name).into_owned();
        let title = if title.trim().is_empty() { "Report".to_owned() } else { title };
        let program = format!("wattfolio {}", env!("CARGO_PKG_VERSION"));
        Metadata::new()
            .title(title)
            .description(format!("What a site should do, scenario {hash}. Not investment advice."))
            .language("en".to_owned())
            .creator(program.clone())
            .producer(program)
            .creation_date(self.date())
            .document_id(format!("wattfolio {hash} {}", self.input.date))
    }
}

fn tag(kind: &Kind) -> krilla::tagging::TagKind {
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    match kind {
        Kind::Heading(of, title) => Tag::Hn(level(*of), Some(title.clone())).into(),
        Kind::Paragraph => Tag::P.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead(columns) => Tag::TH(TableHeaderScope::Column)
            .with_col_span(NonZeroU32::new(*columns).filter(|n| n.get() > 1))
            .into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Figure(words) => Tag::Figure(Some(words.clone())).into(),
        Kind::Division => Tag::Div.into(),
    }
}

fn embedded(one: &Attachment, date: DateTime) -> EmbeddedFile {
    EmbeddedFile {
        path: one.name.to_owned(),
        mime_type: MimeType::new(one.mime),
        description: Some(one.description.to_owned()),
        association_kind: if one.is_source { AssociationKind::Source } else { AssociationKind::Data },
        data: one.bytes.clone().into(),
        modification_date: Some(date),
        compress: Some(true),
        location: None,
    }
}

fn is_text(items: &[Item]) -> bool {
    items.iter().all(|item| matches!(item.mark, Mark::Words(_)))
}

fn draw(surface: &mut Surface<'_>, fonts: &mut Fonts, item: &Item) {
    let clip = item.clip.and_then(|clip| {
        let steps = [clip.left_top(), clip.right_top(), clip.right_bottom(), clip.left_bottom()];
        let mut path = PathBuilder::new();
        for (index, at) in steps.into_iter().enumerate() {
            if index == 0 { path.move_to(at.x, at.y) } else { path.line_to(at.x, at.y) }
        }
        path.close();
        path.finish()
    });
    if let Some(clip) = &clip {
        surface.push_clip_path(clip, &FillRule::NonZero);
    }
    match &item.mark {
        Mark::Path(path) => draw_path(surface, path),
        Mark::Words(words) => draw_words(surface, fonts, words),
    }
    if clip.is_some() {
        surface.pop();
    }
}

fn paint(colour: Color32) -> (rgb::Color, NormalizedF32) {
    let ([red, green, blue], opacity) = parts(colour);
    (rgb::Color::new(red, green, blue), NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE))
}

fn draw_path(surface: &mut Surface<'_>, path: &Path) {
    let mut builder = PathBuilder::new();
    for step in &path.steps {
        match *step {
            Step::Move(Pos2 { x, y }) => builder.move_to(x, y),
            Step::Line(Pos2 { x, y }) => builder.line_to(x, y),
            Step::Curve(a, b, to) => builder.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            Step::Close => builder.close(),
        }
    }
    let Some(outline) = builder.finish() else { return };
    let fill = (path.fill != Color32::TRANSPARENT).then(|| {
        let (colour, opacity) = paint(path.fill);
        Fill { paint: colour.into(), opacity, rule: FillRule::NonZero }
    });
    let stroke = path.line.map(|(width, colour)| {
        let (colour, opacity) = paint(colour);
        Stroke {
            paint: colour.into(),
            width,
            opacity,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }
    });
    if fill.is_none() && stroke.is_none() {
        return;
    }
    surface.set_fill(fill);
    surface.set_stroke(stroke);
    surface.draw_path(&outline);
}

fn draw_words(surface: &mut Surface<'_>, fonts: &mut Fonts, words: &Words) {
    let (colour, opacity) = paint(words.colour);
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: colour.into(), opacity, rule: FillRule::NonZero }));
    for run in fonts.runs(words) {
        let start = Point::from_xy(words.start.x + run.offset, words.start.y);
        surface.draw_glyphs(start, &run.glyphs, run.font, &words.text, words.size, false);
    }
}
