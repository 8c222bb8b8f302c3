package io.campanile.domain.content;

import io.campanile.domain.channel.EmailAddress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything a review has to say about content: what keeps it from being rendered, and what a
/// careful author would put right.
public final class ContentReview {
    /// Mail programs cut longer ones off.
    private static final int LARGE_HTML = 100_000;

    /// Enough to work on; a hostile template must not make us write megabytes.
    private static final int MOST = 100;

    private ContentReview() {}

    /// Errors first, so that no number of warnings hides one; else in the order of the checks.
    public static List<Finding> of(EmailContent content, List<DeclaredField> declared) {
        var findings = new ArrayList<Finding>();
        missingParts(content, findings);
        replyTo(content.replyTo(), findings);
        findings.addAll(ContractReader.of(content, declared).findings());
        if (content.html().getBytes(StandardCharsets.UTF_8).length > LARGE_HTML) {
            warn(
                    findings,
                    Finding.Code.HTML_LARGE,
                    "content.html",
                    "The HTML part is larger than 100 kB; mail programs cut it off.",
                    "Shorten it.");
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::level).reversed())
                .limit(MOST)
                .toList();
    }

    private static void missingParts(EmailContent content, List<Finding> findings) {
        if (ParsedTemplate.isNothing(content.subject())) {
            findings.add(
                    new Finding(
                            Finding.Level.ERROR,
                            Finding.Code.SUBJECT_EMPTY,
                            "content.subject",
                            "The subject is empty.",
                            "Write one."));
        }
        boolean noHtml = ParsedTemplate.isNothing(content.html());
        boolean noText = ParsedTemplate.isNothing(content.text());
        if (noHtml && noText) {
            findings.add(
                    new Finding(
                            Finding.Level.ERROR,
                            Finding.Code.BODY_EMPTY,
                            "content.html",
                            "There is neither an HTML nor a text part.",
                            "Write one of them."));
        } else if (noText) {
            warn(
                    findings,
                    Finding.Code.TEXT_PART_GENERATED,
                    "content.text",
                    "There is no text part; one is generated from the HTML part.",
                    "Write a text part to decide what it says.");
        }
        if (!noHtml && ParsedTemplate.isNothing(content.preheader())) {
            warn(
                    findings,
                    Finding.Code.PREHEADER_MISSING,
                    "content.preheader",
                    "There is no preheader; mail programs show the beginning of the text instead.",
                    "Write the line to be shown beside the subject.");
        }
    }

    private static void replyTo(String replyTo, List<Finding> findings) {
        if (!replyTo.isEmpty()
                && !replyTo.contains("{{")
                && EmailAddress.parse(replyTo.strip()).isEmpty()) {
            findings.add(
                    new Finding(
                            Finding.Level.ERROR,
                            Finding.Code.TEMPLATE_INVALID,
                            "content.reply_to",
                            "It " + EmailAddress.fault(replyTo.strip()) + ".",
                            "Write an address without a display name, or leave it empty."));
        }
    }

    private static void warn(
            List<Finding> findings,
            Finding.Code code,
            String place,
            String message,
            String whatToDo) {
        findings.add(new Finding(Finding.Level.WARNING, code, place, message, whatToDo));
    }
}
