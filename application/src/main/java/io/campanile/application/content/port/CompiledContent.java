package io.campanile.application.content.port;

import java.util.Map;

/// Templates ready to be rendered, again and again. Thread-safe.
public interface CompiledContent {
    /// Renders all parts for one recipient.
    ///
    /// @param roots `context`, `profile`, `campaign` and `message`; values are strings, numbers,
    ///   booleans, lists and maps with string keys
    /// @throws RenderingFailed when a value is missing or the output too large
    RenderedEmail render(Map<String, Object> roots);
}
