//! Charts: pure scenes, drawn on one canvas component.
