package io.campanile.channels.content;

import io.campanile.application.content.port.RenderingFailed;

/// Counts what one rendering of one template does: look-ups and elements of lists. Sections in
/// sections over long lists multiply, and may do so without writing anything.
final class Steps {
    /// Far more than a mail that somebody reads takes, and done in well under a second.
    private static final int MOST = 500_000;

    private final String place;
    private int taken;

    Steps(String place) {
        this.place = place;
    }

    void take() {
        if (++taken > MOST) {
            throw new RenderingFailed(place + " takes more than " + MOST + " steps to render");
        }
    }
}
