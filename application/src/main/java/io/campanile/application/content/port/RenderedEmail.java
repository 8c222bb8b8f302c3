package io.campanile.application.content.port;

/// What one recipient will read; subject and reply-to are one line each.
///
/// @param html empty when the campaign has only a text part
/// @param replyTo empty for the channel configuration's
public record RenderedEmail(String subject, String html, String text, String replyTo) {
    /// Content is personal: never printed.
    @Override
    public String toString() {
        return "RenderedEmail[redacted]";
    }
}
