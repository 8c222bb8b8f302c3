package io.campanile.channels.content;

/// Where the text part comes from.
sealed interface TextSource {
    /// A template: the author's, or one made of the HTML template once.
    record OfTemplate(TemplatePart template) implements TextSource {}

    /// The rendered HTML of each mail, because a section begins and ends in parts of the HTML
    /// template that have no counterpart in text.
    record OfRenderedHtml() implements TextSource {}
}
