package io.campanile.channels.content;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.ParsedTemplate;
import io.campanile.domain.content.TemplateNode;

import java.util.List;

/// Compiles content with JMustache: maps only, never reflection, no look-up in outer scopes,
/// missing values are errors, HTML escaped in the HTML part only.
public final class MustacheContentCompiler implements ContentCompiler {
    @Override
    public CompiledContent compile(EmailContent content) {
        boolean hasHtml = !ParsedTemplate.isNothing(content.html());
        return new MustacheContent(
                TemplatePart.ofText("content.subject", content.subject()),
                hasHtml ? html(content) : null,
                hasHtml && ParsedTemplate.isNothing(content.text())
                        ? HtmlToText.source(content.html())
                        : text(content),
                TemplatePart.ofText("content.reply_to", content.replyTo()));
    }

    private static TemplatePart html(EmailContent content) {
        List<TemplateNode> html = TemplatePart.parse("content.html", content.html());
        return TemplatePart.ofHtml(
                "content.html",
                ParsedTemplate.isNothing(content.preheader())
                        ? html
                        : Preheader.into(
                                html,
                                TemplatePart.parse("content.preheader", content.preheader())));
    }

    private static TextSource text(EmailContent content) {
        return new TextSource.OfTemplate(TemplatePart.ofText("content.text", content.text()));
    }
}
