package io.campanile.application.content.port;

import io.campanile.domain.content.EmailContent;

/// Compiles templates, once per revision. Thread-safe.
public interface ContentCompiler {
    /// Compiles every part, generating the text part when there is none.
    ///
    /// @throws TemplateInvalid when a part does not compile; review reports such templates before
    CompiledContent compile(EmailContent content);
}
