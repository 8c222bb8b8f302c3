package io.campanile.domain.content;

/// A link in some HTML.
///
/// @param element its name, in small letters: `a`, or `area` of an image map
/// @param target its `href` without blanks around; empty when there is none
/// @param isSeen whether the reader of a mail sees it: nothing around it is hidden, and in an `a`
///   there are words or a picture
/// @param position where it was written
public record HtmlLink(
        String element, String target, boolean isSeen, TemplateNode.Position position) {}
