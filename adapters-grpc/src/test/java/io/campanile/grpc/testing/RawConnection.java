package io.campanile.grpc.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// An HTTP/2 connection that sends what no library would, such as a request that stops halfway. At
/// most 64 kB fit into each request. Used by one thread.
public final class RawConnection implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int CANCEL = 8;
    private static final int LARGEST_FRAME = 16 << 10;
    private static final int FIRST_WINDOW = 65_535;

    private final Socket socket;
    private final DataOutputStream out;
    private final Map<Integer, CompletableFuture<String>> ends = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> goAway = new CompletableFuture<>();
    private final Object windowLock = new Object();
    private long window = FIRST_WINDOW;
    private int nextStream = 1;

    public RawConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(SETTINGS, 0, 0, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /// Begins a call.
    ///
    /// @param secret of the key; absent for none
    /// @return its stream
    public int begin(String method, @Nullable String secret) {
        var headers = new ByteArrayOutputStream();
        header(headers, ":method", "POST");
        header(headers, ":scheme", "http");
        header(headers, ":path", "/" + method);
        header(headers, ":authority", "test");
        header(headers, "content-type", "application/grpc");
        header(headers, "te", "trailers");
        if (secret != null) {
            header(headers, "authorization", "Bearer " + secret);
        }
        int stream = nextStream;
        nextStream += 2;
        ends.put(stream, new CompletableFuture<>());
        frame(HEADERS, END_HEADERS, stream, headers.toByteArray());
        return stream;
    }

    /// Begins a call with a part of a request.
    ///
    /// @param claimed how long the request says to be
    /// @param sent how much of it is sent
    public int beginRequest(String method, @Nullable String secret, int claimed, int sent) {
        int stream = begin(method, secret);
        byte[] bytes = new byte[5 + sent];
        for (int i = 0; i < 4; i++) {
            bytes[1 + i] = (byte) (claimed >>> (24 - 8 * i));
        }
        for (int from = 0; from < bytes.length; from += LARGEST_FRAME) {
            int length = Math.min(LARGEST_FRAME, bytes.length - from);
            awaitWindow(length);
            frame(DATA, 0, stream, java.util.Arrays.copyOfRange(bytes, from, from + length));
        }
        return stream;
    }

    /// Gives a call up.
    public void reset(int stream) {
        frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL});
        ends.remove(stream);
    }

    /// Why a call was ended: the reason of its error.
    public CompletableFuture<String> end(int stream) {
        return ends.getOrDefault(stream, new CompletableFuture<>());
    }

    /// The code with which the server ended the connection.
    public CompletableFuture<Integer> goAway() {
        return goAway;
    }

    private static void header(ByteArrayOutputStream into, String name, String value) {
        into.write(0);
        text(into, name);
        text(into, value);
    }

    /// Not compressed.
    private static void text(ByteArrayOutputStream into, String text) {
        if (text.length() > 126) {
            throw new IllegalArgumentException(text);
        }
        into.write(text.length());
        into.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        try {
            synchronized (out) {
                out.writeByte(payload.length >>> 16);
                out.writeShort(payload.length);
                out.writeByte(type);
                out.writeByte(flags);
                out.writeInt(stream);
                out.write(payload);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitWindow(int bytes) {
        Waiting.until(() -> {
            synchronized (windowLock) {
                return window >= bytes;
            }
        });
        synchronized (windowLock) {
            window -= bytes;
        }
    }

    private void read() {
        var decoder = new DefaultHttp2HeadersDecoder();
        try {
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                arrived(decoder, type, flags, stream, payload);
            }
        } catch (IOException | UncheckedIOException | Http2Exception closed) {
            goAway.completeExceptionally(closed);
        }
    }

    private void arrived(
            DefaultHttp2HeadersDecoder decoder, int type, int flags, int stream, byte[] payload)
            throws IOException, Http2Exception {
        switch (type) {
            case HEADERS -> headers(decoder, flags, stream, payload);
            case SETTINGS, PING -> {
                if ((flags & ACK) == 0) {
                    frame(type, ACK, 0, type == PING ? payload : new byte[0]);
                }
            }
            case GOAWAY -> goAway.complete(number(payload, 4));
            case WINDOW_UPDATE -> {
                if (stream == 0) {
                    synchronized (windowLock) {
                        window += number(payload, 0);
                    }
                }
            }
            default -> {}
        }
    }

    private static int number(byte[] bytes, int from) {
        return java.nio.ByteBuffer.wrap(bytes).getInt(from);
    }

    private void headers(DefaultHttp2HeadersDecoder decoder, int flags, int stream, byte[] payload)
            throws Http2Exception, InvalidProtocolBufferException {
        Http2Headers headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload));
        CharSequence details = headers.get("grpc-status-details-bin");
        CompletableFuture<String> end = ends.get(stream);
        if ((flags & END_STREAM) != 0 && end != null) {
            end.complete(details == null ? "none" : reason(details.toString()));
        }
    }

    private static String reason(String details) throws InvalidProtocolBufferException {
        return Status.parseFrom(Base64.getDecoder().decode(details))
                .getDetails(0)
                .unpack(ErrorInfo.class)
                .getReason();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
