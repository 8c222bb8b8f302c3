package io.campanile.channels.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hidden element mail programs take their preview line from.
final class Preheader {
    private static final Pattern BODY =
            Pattern.compile("<body(\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);

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
        Matcher body = BODY.matcher(html);
        return body.find()
                ? html.substring(0, body.end()) + element + html.substring(body.end())
                : element + html;
    }
}
