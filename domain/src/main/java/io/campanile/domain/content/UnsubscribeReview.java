package io.campanile.domain.content;

import io.campanile.domain.channel.Category;

import java.util.ArrayList;
import java.util.List;

/// Whoever gets marketing must find in it how to get no more; nobody unsubscribes from what their
/// own doings call for.
public final class UnsubscribeReview {
    private static final Reference LINK = new Reference.Rooted(List.of("links", "unsubscribe"));
    private static final String TAG = "{{links.unsubscribe}}";

    private final List<Finding> findings = new ArrayList<>();

    private UnsubscribeReview() {}

    public static List<Finding> of(Category category, EmailContent content) {
        var review = new UnsubscribeReview();
        switch (category) {
            case MARKETING -> {
                review.requireLink("content.html", content.html());
                review.requireLink("content.text", content.text());
            }
            case TRANSACTIONAL -> {
                review.refuseLink("content.subject", content.subject());
                review.refuseLink("content.preheader", content.preheader());
                review.refuseLink("content.html", content.html());
                review.refuseLink("content.text", content.text());
            }
        }
        return List.copyOf(review.findings);
    }

    /// A link that a section may leave out is not there for everybody.
    private void requireLink(String place, String template) {
        boolean always = nodes(place, template).stream().anyMatch(UnsubscribeReview::isLink);
        if (!template.isBlank() && !always) {
            add(
                    Finding.Code.UNSUBSCRIBE_LINK_MISSING,
                    place,
                    "The part has no unsubscribe link, or only inside a section.",
                    "Put " + TAG + " into a link outside of every section.");
        }
    }

    private void refuseLink(String place, String template) {
        if (holdsLink(nodes(place, template))) {
            add(
                    Finding.Code.UNSUBSCRIBE_LINK_TRANSACTIONAL,
                    place,
                    "A transactional campaign has no unsubscribe link.",
                    "Remove " + TAG + ".");
        }
    }

    private static boolean holdsLink(List<TemplateNode> nodes) {
        return nodes.stream().anyMatch(UnsubscribeReview::holdsLink);
    }

    private static boolean holdsLink(TemplateNode node) {
        return node instanceof TemplateNode.Section section
                ? holdsLink(section.children())
                : isLink(node);
    }

    private static boolean isLink(TemplateNode node) {
        return node instanceof TemplateNode.Variable variable && variable.reference().equals(LINK);
    }

    private static List<TemplateNode> nodes(String place, String template) {
        return ParsedTemplate.parse(place, template).nodes();
    }

    private void add(Finding.Code code, String place, String message, String whatToDo) {
        findings.add(new Finding(Finding.Level.ERROR, code, place, message, whatToDo));
    }
}
