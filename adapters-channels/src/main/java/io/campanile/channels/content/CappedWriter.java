package io.campanile.channels.content;

import io.campanile.application.content.port.RenderingFailed;

import java.io.Writer;

/// Collects what a template writes, up to a size no sane mail reaches.
final class CappedWriter extends Writer {
    /// A list in the context can multiply a small template.
    private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

    private final String place;
    private final StringBuilder written = new StringBuilder(4 * 1024);

    CappedWriter(String place) {
        this.place = place;
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        room(length);
        written.append(buffer, offset, length);
    }

    @Override
    public void write(String text) {
        room(text.length());
        written.append(text);
    }

    private void room(int length) {
        if (written.length() + length > MOST_CHARACTERS) {
            throw new RenderingFailed(place + " grows beyond " + MOST_CHARACTERS + " characters");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return written.toString();
    }
}
