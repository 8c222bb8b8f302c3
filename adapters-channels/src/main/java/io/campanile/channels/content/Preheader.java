package io.campanile.channels.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hidden element mail programs take their preview line from.
final class Preheader {
    /// A comment, so that what looks like a body in it is passed over; or a body.
    private static final Pattern COMMENT_OR_BODY =
            Pattern.compile(
                    "<!--.*?(?:-->|\\z)|(?<body><body(\\s[^>]*)?>)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Preheader() {}

    /// The HTML template with the preheader as the first thing in its body. The preheader's own
    /// tags are escaped like all others of the HTML part; its text is HTML, too.
    static String into(String html, String preheader) {
        if (preheader.isBlank()) {
            return html;
        }
        String element =
                "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">"
                        + preheader
                        + "</div>";
        Matcher found = COMMENT_OR_BODY.matcher(html);
        while (found.find()) {
            if (found.group("body") != null) {
                return html.substring(0, found.end()) + element + html.substring(found.end());
            }
        }
        return element + html;
    }
}
