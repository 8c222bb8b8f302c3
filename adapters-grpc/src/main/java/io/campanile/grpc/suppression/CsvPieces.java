package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The bytes of a file that arrives in pieces, cut anywhere. One thread writes, another reads.
final class CsvPieces extends InputStream {
    private static final ByteString END = ByteString.copyFromUtf8("end");
    private static final ByteString BREAK = ByteString.copyFromUtf8("break");

    private final BlockingQueue<ByteString> pieces = new LinkedBlockingQueue<>();
    private final Runnable askForMore;
    private final Runnable nothingCame;
    private final Duration patience;
    private @Nullable ByteString first;
    private @Nullable InputStream current;
    private boolean ended;

    /// @param askForMore runs when a piece was taken: so many wait at most as were asked for before
    /// @param patience how long to wait for a piece
    /// @param nothingCame runs when there was none; whoever reads stops then
    CsvPieces(Runnable askForMore, Duration patience, Runnable nothingCame) {
        this.askForMore = askForMore;
        this.patience = patience;
        this.nothingCame = nothingCame;
    }

    void add(ByteString piece) {
        pieces.add(piece);
    }

    /// Nothing follows.
    void end() {
        pieces.add(END);
    }

    /// Whoever reads is to stop, whatever is missing.
    void breakOff() {
        pieces.add(BREAK);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int read = current == null ? -1 : current.read(into, offset, length);
            if (read > 0) {
                return read;
            }
            next();
        }
        return -1;
    }

    // Told apart by identity: a piece may hold the same bytes.
    @SuppressWarnings("ReferenceEquality")
    private void next() throws IOException {
        ByteString piece = take();
        if (piece == BREAK) {
            throw new InterruptedIOException("broken off");
        }
        if (piece == END) {
            ended = true;
        } else {
            current = piece.newInput();
            askForMore.run();
        }
    }

    /// Waits for what comes first, and asks for no more.
    void awaitFirst() {
        first = await();
    }

    private ByteString take() {
        ByteString here = first;
        first = null;
        return here == null ? await() : here;
    }

    private ByteString await() {
        try {
            ByteString piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (piece != null) {
                return piece;
            }
            nothingCame.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return BREAK;
    }
}
