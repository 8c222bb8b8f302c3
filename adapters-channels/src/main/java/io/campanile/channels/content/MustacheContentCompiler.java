package io.campanile.channels.content;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.domain.content.EmailContent;

/// Compiles content with JMustache: maps only, never reflection, no look-up in outer scopes,
/// missing values are errors, HTML escaped in the HTML part only.
public final class MustacheContentCompiler implements ContentCompiler {
    @Override
    public CompiledContent compile(EmailContent content) {
        return new MustacheContent(
                TemplatePart.ofText("content.subject", content.subject()),
                content.html().isBlank()
                        ? null
                        : TemplatePart.ofHtml(
                                "content.html",
                                Preheader.into(content.html(), content.preheader())),
                text(content),
                TemplatePart.ofText("content.reply_to", content.replyTo()));
    }

    private static TextSource text(EmailContent content) {
        if (content.text().isBlank() && !content.html().isBlank()) {
            return HtmlToText.source(content.html());
        }
        return new TextSource.OfTemplate(TemplatePart.ofText("content.text", content.text()));
    }
}
