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
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Override
    public CompiledContent compile(EmailContent content) {
        String html = withoutByteOrderMark(content.html());
        boolean hasHtml = !ParsedTemplate.isNothing(html);
        return new MustacheContent(
                TemplatePart.ofText("content.subject", content.subject()),
                hasHtml ? html(html, content.preheader()) : null,
                hasHtml && ParsedTemplate.isNothing(content.text())
                        ? HtmlToText.source(html)
                        : text(content),
                TemplatePart.ofText("content.reply_to", content.replyTo()));
    }

    private static TemplatePart html(String source, String preheader) {
        List<TemplateNode> html = TemplatePart.parse("content.html", source);
        return TemplatePart.ofHtml(
                "content.html",
                ParsedTemplate.isNothing(preheader)
                        ? html
                        : Preheader.into(html, TemplatePart.parse("content.preheader", preheader)));
    }

    /// Some editors begin a file with one. Nothing of HTML may stand in front of it, and it not in
    /// front of a document type.
    private static String withoutByteOrderMark(String html) {
        return html.startsWith(BYTE_ORDER_MARK) ? html.substring(1) : html;
    }

    private static TextSource text(EmailContent content) {
        return new TextSource.OfTemplate(TemplatePart.ofText("content.text", content.text()));
    }
}
