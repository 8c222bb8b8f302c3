package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.grpc.Decompressor;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

class LazyGzipTest {
    @Test
    void endsWhatItHasOpened() throws IOException {
        InputStream message = opened(packed());
        assertThat(message.read()).isEqualTo('a');

        message.close();

        assertThatIOException().isThrownBy(message::read).withMessageContaining("closed");
    }

    @Test
    void opensNothingBeforeItIsRead() throws IOException {
        InputStream rubbish = opened(new byte[] {1, 2, 3});

        assertThatIOException().isThrownBy(rubbish::read);
        rubbish.close();
    }

    private static InputStream opened(byte[] message) throws IOException {
        Decompressor gzip =
                Objects.requireNonNull(LazyGzip.registry().lookupDecompressor(LazyGzip.ENCODING));
        return gzip.decompress(new ByteArrayInputStream(message));
    }

    private static byte[] packed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("abc".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
