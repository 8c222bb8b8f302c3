package io.campanile.grpc.call;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

import java.io.IOException;
import java.io.InputStream;

/// Reads requests so that bytes that are none end in an error of ours: an exception of gRPC's own
/// marshaller would reach the caller as a bare status.
final class CheckedMarshaller<Q extends Message> implements Marshaller<Parsed<Q>> {
    /// The most a request may have. More is read (see [RequestSizes]), so that this error is seen.
    static final int LIMIT_BYTES = 1 << 20;

    /// Deep enough to read any structure whose depth is then refused with the field's name (each of
    /// its levels is three messages), shallow enough for any stack.
    private static final int RECURSION_LIMIT = 400;

    private final Marshaller<Q> marshaller;
    private final Parser<? extends Q> parser;
    private final int limitBytes;

    CheckedMarshaller(Marshaller<Q> marshaller) {
        this(marshaller, LIMIT_BYTES);
    }

    /// Reads requests up to a limit.
    ///
    /// @param limitBytes the most a request may have, unpacked
    CheckedMarshaller(Marshaller<Q> marshaller, int limitBytes) {
        if (!(marshaller instanceof PrototypeMarshaller<Q> prototypes)
                || prototypes.getMessagePrototype() == null) {
            throw new IllegalArgumentException("not a marshaller of protobuf messages");
        }
        this.marshaller = marshaller;
        this.parser = parser(prototypes.getMessagePrototype());
        this.limitBytes = limitBytes;
    }

    @SuppressWarnings("unchecked") // A message's parser makes messages of its own type.
    private static <Q extends Message> Parser<? extends Q> parser(Q prototype) {
        return (Parser<? extends Q>) prototype.getParserForType();
    }

    @Override
    public InputStream stream(Parsed<Q> value) {
        return switch (value) {
            case Parsed.Request<Q>(var request, _) -> marshaller.stream(request);
            case Parsed.Failure<Q> _ ->
                    throw new IllegalStateException("what could not be read cannot be written");
        };
    }

    @Override
    public Parsed<Q> parse(InputStream stream) {
        try {
            byte[] bytes = read(stream);
            if (bytes.length > limitBytes) {
                return new Parsed.Failure<>(GateErrors.requestTooLarge(limitBytes));
            }
            CodedInputStream input = CodedInputStream.newInstance(bytes);
            input.setRecursionLimit(RECURSION_LIMIT);
            Q request = parser.parseFrom(input);
            input.checkLastTagWas(0);
            return new Parsed.Request<>(request, bytes.length);
        } catch (InvalidProtocolBufferException e) {
            return new Parsed.Failure<>(
                    GrpcErrors.malformedRequest(
                            "not a valid message: its fields, its UTF-8 or its depth are wrong"));
        } catch (IOException e) {
            return new Parsed.Failure<>(
                    GrpcErrors.malformedRequest("the message's compression is broken"));
        }
    }

    /// At most one byte more than allowed.
    private byte[] read(InputStream stream) throws IOException {
        if (stream instanceof KnownLength && stream.available() <= limitBytes) {
            byte[] bytes = new byte[stream.available()];
            int read = stream.readNBytes(bytes, 0, bytes.length);
            return read == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, read);
        }
        return stream.readNBytes(limitBytes + 1);
    }
}
