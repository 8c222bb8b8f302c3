package io.campanile.testkit.content;

import io.campanile.application.content.port.ContentCompiler;

class InMemoryContentCompilerTest extends ContentCompilerContract {
    @Override
    protected ContentCompiler compiler() {
        return new InMemoryContentCompiler();
    }
}
