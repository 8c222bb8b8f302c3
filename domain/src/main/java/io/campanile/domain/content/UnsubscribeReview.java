package io.campanile.domain.content;

import io.campanile.domain.channel.Category;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Whoever gets marketing must find in it how to get no more; nobody unsubscribes from what their
/// own doings call for.
public final class UnsubscribeReview {
    private static final Reference LINK = new Reference.Rooted(List.of("links", "unsubscribe"));
    private static final String TAG = "{{links.unsubscribe}}";

    /// Stands for the tag in the HTML to look through; what an author wrote of it is left out.
    private static final String MARK = "\uE000";

    private static final Pattern TARGET = Pattern.compile(MARK + "(?:[&#][^<]*)?");

    private final List<Finding> findings = new ArrayList<>();

    private final Function<String, List<HtmlLink>> links;

    private UnsubscribeReview(Function<String, List<HtmlLink>> links) {
        this.links = links;
    }

    /// What is wrong with the links by which people unsubscribe.
    ///
    /// @param links reads some HTML
    public static List<Finding> of(
            Category category, EmailContent content, Function<String, List<HtmlLink>> links) {
        var review = new UnsubscribeReview(links);
        switch (category) {
            case MARKETING -> {
                review.requireTarget(content.html(), ParsedTemplate.isNothing(content.text()));
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
        if (!always && !ParsedTemplate.isNothing(template)) {
            add(
                    Finding.Code.UNSUBSCRIBE_LINK_MISSING,
                    place,
                    "The part has no unsubscribe link, or only inside a section.",
                    "Put " + TAG + " into a link outside of every section.");
        }
    }

    /// In the HTML part, a tag that is printed somewhere is not yet something to click on.
    ///
    /// @param isSource whether the text part is made of it, with the targets of `<a>` only
    private void requireTarget(String html, boolean isSource) {
        Predicate<HtmlLink> follows =
                link -> leadsThere(link) && (!isSource || link.element().equals("a"));
        if (!ParsedTemplate.isNothing(html)
                && links.apply(marked(html)).stream().noneMatch(follows)) {
            add(
                    Finding.Code.UNSUBSCRIBE_LINK_MISSING,
                    "content.html",
                    "The part has no unsubscribe link that everybody can see and follow.",
                    "Put <a href=\""
                            + TAG
                            + "\"> around some words, outside of every section; parameters of your"
                            + " own follow the tag as &name=value.");
        }
    }

    /// Before the link, anything makes another target of it, and so does what follows it, but for
    /// more parameters: its own stands last. A target whose quote is missing goes on into what
    /// follows.
    private static boolean leadsThere(HtmlLink link) {
        return link.isSeen() && TARGET.matcher(link.target().strip()).matches();
    }

    private static String marked(String html) {
        var marked = new StringBuilder(html.length());
        mark(nodes("content.html", html), true, marked);
        return marked.toString();
    }

    private static void mark(List<TemplateNode> nodes, boolean always, StringBuilder marked) {
        for (TemplateNode node : nodes) {
            switch (node) {
                case TemplateNode.Text(String value) -> marked.append(value.replace(MARK, ""));
                case TemplateNode.Comment _ -> {}
                case TemplateNode.Variable _ -> marked.append(always && isLink(node) ? MARK : "x");
                case TemplateNode.Section section -> mark(section.children(), false, marked);
            }
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
