package io.campanile.channels.content;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.content.Blanks;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// The compiled parts of one revision's content.
final class MustacheContent implements CompiledContent {
    private final TemplatePart subject;
    private final @Nullable TemplatePart html;
    private final TextSource text;
    private final TemplatePart replyTo;

    MustacheContent(
            TemplatePart subject,
            @Nullable TemplatePart html,
            TextSource text,
            TemplatePart replyTo) {
        this.subject = subject;
        this.html = html;
        this.text = text;
        this.replyTo = replyTo;
    }

    @Override
    public RenderedEmail render(Map<String, Object> roots) {
        String renderedHtml = html == null ? "" : something(html.render(roots));
        String renderedText =
                something(
                        switch (text) {
                            case TextSource.OfTemplate(TemplatePart template) ->
                                    template.render(roots);
                            case TextSource.OfRenderedHtml() -> HtmlToText.convert(renderedHtml);
                        });
        if (renderedHtml.isEmpty() && renderedText.isEmpty()) {
            throw new RenderingFailed("the content is empty once rendered");
        }
        return new RenderedEmail(
                subject(oneLine(subject.render(roots))),
                renderedHtml,
                renderedText,
                address(oneLine(replyTo.render(roots))));
    }

    /// A part of which sections left only blanks, or the preheader, is not sent: mail programs
    /// would show it instead of the other.
    private static String something(String rendered) {
        return Blanks.isBlank(Preheader.without(rendered)) ? "" : rendered;
    }

    /// Whatever a variable brings, a header stays one line.
    private static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean blank = Character.isISOControl(c) || c == ' ' || c == '\u2028' || c == '\u2029';
            if (!blank) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString().strip();
    }

    private static String subject(String rendered) {
        if (rendered.isEmpty()) {
            throw new RenderingFailed("content.subject is empty");
        }
        return rendered;
    }

    private static String address(String replyTo) {
        if (!replyTo.isEmpty() && EmailAddress.parse(replyTo).isEmpty()) {
            throw new RenderingFailed("content.reply_to is not an email address once rendered");
        }
        return replyTo;
    }
}
