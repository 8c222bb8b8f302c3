package io.campanile.grpc.suppression;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Notices a file that ends within quotes (RFC 4180). A CSV reader takes what follows the open
/// quote for one field, however many rows that is.
final class QuoteWatch extends FilterReader {
    private enum Place {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        /// Behind a quote that ends a field, or is the first of two that stand for one.
        AFTER_QUOTE
    }

    private Place place = Place.FIELD_START;
    private boolean over;

    QuoteWatch(Reader characters) {
        super(characters);
    }

    boolean endedWithinQuotes() {
        return over && place == Place.QUOTED;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        if (character < 0) {
            over = true;
        } else {
            see((char) character);
        }
        return character;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        over |= count < 0;
        for (int i = offset; i < offset + count; i++) {
            see(buffer[i]);
        }
        return count;
    }

    private void see(char character) {
        place =
                switch (character) {
                    case '"' ->
                            switch (place) {
                                case FIELD_START, AFTER_QUOTE -> Place.QUOTED;
                                case QUOTED -> Place.AFTER_QUOTE;
                                case UNQUOTED -> Place.UNQUOTED;
                            };
                    case ',', '\n', '\r' ->
                            place == Place.QUOTED ? Place.QUOTED : Place.FIELD_START;
                    default -> place == Place.QUOTED ? Place.QUOTED : Place.UNQUOTED;
                };
    }
}
