package io.campanile.grpc.call;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// gzip that is opened when the message is read, so that bytes that are none end in an error of
/// [CheckedMarshaller]; gRPC's own opens it before, and ends the call with a bare status.
public final class LazyGzip implements Decompressor {
    static final String ENCODING = "gzip";

    private LazyGzip() {}

    /// What messages may be compressed with.
    public static DecompressorRegistry registry() {
        return DecompressorRegistry.emptyInstance()
                .with(new LazyGzip(), true)
                .with(Codec.Identity.NONE, false);
    }

    @Override
    public String getMessageEncoding() {
        return ENCODING;
    }

    @Override
    public InputStream decompress(InputStream packed) {
        return new Unpacked(packed);
    }

    private static final class Unpacked extends InputStream {
        private final InputStream packed;
        private @Nullable InputStream unpacked;

        Unpacked(InputStream packed) {
            this.packed = packed;
        }

        private InputStream unpacked() throws IOException {
            InputStream open = unpacked;
            if (open == null) {
                open = new GZIPInputStream(packed);
                unpacked = open;
            }
            return open;
        }

        @Override
        public int read() throws IOException {
            return unpacked().read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return unpacked().read(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            InputStream open = unpacked;
            // Ends the inflater too, whose memory the heap knows nothing of.
            if (open == null) {
                packed.close();
            } else {
                open.close();
            }
        }
    }
}
