package io.campanile.application.content.port;

import io.campanile.domain.content.HtmlLink;

import java.util.List;

/// Reads HTML as mail programs do, whatever is wrong with it. Thread-safe.
public interface HtmlReader {
    /// The links that were written, in their order; those in comments are none.
    List<HtmlLink> links(String html);
}
