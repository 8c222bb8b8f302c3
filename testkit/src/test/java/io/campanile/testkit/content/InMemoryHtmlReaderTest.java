package io.campanile.testkit.content;

import io.campanile.application.content.port.HtmlReader;

class InMemoryHtmlReaderTest extends HtmlReaderContract {
    @Override
    protected HtmlReader reader() {
        return new InMemoryHtmlReader();
    }
}
