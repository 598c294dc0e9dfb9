//! A part of a page whose own type nobody needs to know: where several kinds of view meet, or a page is long.

use std::fmt;

use leptos::tachys::{
    html::attribute::any_attribute::AnyAttribute,
    hydration::Cursor,
    no_attrs,
    view::{Position, PositionState, Render, RenderHtml},
};

type Draw = Box<dyn FnOnce(&mut String, &mut Position, bool, bool, Vec<AnyAttribute>) + Send>;

/// Something to be written into a page, once.
///
/// Leptos's `AnyView` also carries how its view would be streamed, awaited, built and changed, which the compiler
/// makes for every view inside it and which no page here ever asks for: two thirds of this crate's code, when that
/// was measured. The letters written are the same, but that nothing, `()`, leaves no comment behind.
pub struct Piece {
    draw: Draw,
    len: usize,
}

/// What can become a [`Piece`].
pub trait IntoPiece {
    /// The same, its type forgotten.
    fn piece(self) -> Piece;
}

impl<V: RenderHtml + 'static> IntoPiece for V {
    fn piece(self) -> Piece {
        Piece {
            len: self.html_len(),
            draw: Box::new(move |buf, position, escape, mark_branches, attributes| {
                self.to_html_with_buf(buf, position, escape, mark_branches, attributes);
            }),
        }
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece").field("len", &self.len).finish_non_exhaustive()
    }
}

/// There is no document on a server.
impl Render for Piece {
    type State = ();

    fn build(self) -> Self::State {}

    fn rebuild(self, (): &mut Self::State) {}
}

no_attrs!(Piece);

impl RenderHtml for Piece {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn html_len(&self) -> usize {
        self.len
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        (self.draw)(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self::State {}

    fn into_owned(self) -> Self::Owned {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::IntoPiece;
    use leptos::prelude::*;

    fn said(name: &'static str) -> impl IntoView {
        view! { "“" {name} "” " <b title=name>{name}</b> {Some(name)} }
    }

    #[test]
    fn a_piece_writes_what_its_view_writes_between_whatever_stands_around_it() {
        let name = "Zoë <O'Hara> & \"co\"";
        let plain = Owner::new()
            .with(|| view! { <p>"Dear " {said(name)} name</p> <ul>{vec![said(name), said(name)]}</ul> }.to_html());
        let pieces = Owner::new().with(|| {
            let several = vec![said(name).piece(), said(name).piece()];
            view! { <p>"Dear " {said(name).piece()} name</p> <ul>{several}</ul> }.piece().piece().to_html()
        });
        assert!(plain.contains("&lt;O'Hara&gt;") && plain.contains("<!>"), "{plain}");
        assert_eq!(pieces, plain);
    }
}
