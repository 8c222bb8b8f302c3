package io.campanile.testkit.content;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.application.content.port.TemplateInvalid;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.ParsedTemplate;
import io.campanile.domain.content.TemplateNode;

import java.util.List;

/// Walks through parsed templates. A generated text part is the HTML part without its tags, and
/// lines that hold nothing but a tag stay.
public final class InMemoryContentCompiler implements ContentCompiler {
    @Override
    public CompiledContent compile(EmailContent content) {
        boolean hasHtml = !ParsedTemplate.isNothing(content.html());
        String withPreheader = hasHtml ? content.preheader() + content.html() : "";
        String withText =
                hasHtml && ParsedTemplate.isNothing(content.text())
                        ? content.html().replaceAll("<[^>]*>", "")
                        : content.text();
        List<TemplateNode> subject = parse("content.subject", content.subject());
        List<TemplateNode> html = parse("content.html", withPreheader);
        List<TemplateNode> text = parse("content.text", withText);
        List<TemplateNode> replyTo = parse("content.reply_to", content.replyTo());
        return roots ->
                new RenderedEmail(
                        subject(
                                oneLine(
                                        new TemplateWalk("content.subject", roots, false)
                                                .over(subject))),
                        new TemplateWalk("content.html", roots, true).over(html),
                        new TemplateWalk("content.text", roots, false).over(text),
                        address(new TemplateWalk("content.reply_to", roots, false).over(replyTo)));
    }

    private static List<TemplateNode> parse(String place, String source) {
        ParsedTemplate parsed = ParsedTemplate.parse(place, source);
        parsed.findings().stream()
                .findFirst()
                .ifPresent(finding -> {
                    throw new TemplateInvalid(finding.place() + ": " + finding.message());
                });
        return parsed.nodes();
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\u2028\u2029 ]+", " ").strip();
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
