package io.campanile.domain.content;

/// The templates of an email as their author wrote them; an empty string is a part that is not
/// there.
///
/// @param subject required at activation
/// @param preheader the line mail programs show beside the subject
/// @param html the HTML part; values are escaped in it
/// @param text the plain text part; generated from the HTML part when empty
/// @param replyTo where answers go; the channel configuration's when empty
public record EmailContent(
        String subject, String preheader, String html, String text, String replyTo) {
    /// No part is there.
    public static final EmailContent NONE = new EmailContent("", "", "", "", "");

    /// In characters, of all parts together.
    public int length() {
        return subject.length()
                + preheader.length()
                + html.length()
                + text.length()
                + replyTo.length();
    }
}
