package io.campanile.grpc.testing;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;

import io.campanile.v1.ErrorReason;
import io.campanile.v1.StreamTriggersResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns every reply that breaks the promise about errors into `DATA_LOSS`, which no test expects.
/// Statuses made by the client's own side carry no details and are exempt: no trailers came from
/// the server.
public final class ErrorContractInterceptor implements ClientInterceptor {
    private static final Pattern INTERNALS =
            Pattern.compile(
                    "Exception|io\\.campanile\\.(?!io)|\\.java|SELECT |INSERT"
                            + " |localhost|127\\.0\\.0\\.1|jdbc");
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        Trailers trailersOfServer = new Trailers();
        CallOptions watched = options.withStreamTracerFactory(trailersOfServer);
        return new SimpleForwardingClientCall<>(next.newCall(method, watched)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onMessage(A message) {
                                if (message instanceof StreamTriggersResponse item
                                        && speaksOfInternals(item.getError())) {
                                    throw new AssertionError("internals in the text: " + item);
                                }
                                super.onMessage(message);
                            }

                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                List<String> faults =
                                        trailersOfServer.arrived
                                                ? faults(status, trailers)
                                                : List.of();
                                super.onClose(
                                        faults.isEmpty()
                                                ? status
                                                : Status.DATA_LOSS.withDescription(
                                                        faults + " in " + status),
                                        trailers);
                            }
                        },
                        headers);
            }
        };
    }

    private static List<String> faults(Status status, Metadata trailers) {
        List<String> faults = new ArrayList<>();
        if (status.isOk()) {
            return faults;
        }
        com.google.rpc.Status proto = StatusProto.fromStatusAndTrailers(status, trailers);
        List<ErrorInfo> infos = new ArrayList<>();
        boolean retryInfo = false;
        boolean fields = false;
        for (Any detail : proto.getDetailsList()) {
            retryInfo |= detail.is(RetryInfo.class);
            fields |= detail.is(BadRequest.class);
            if (detail.is(ErrorInfo.class)) {
                infos.add(info(detail));
            }
        }
        if (infos.size() != 1 || !isKnown(infos.getFirst())) {
            faults.add("not one ErrorInfo of ours");
        }
        if (infos.stream().anyMatch(ErrorContractInterceptor::speaksOfFields) && !fields) {
            faults.add("no fields");
        }
        boolean retryable =
                status.getCode() == Status.Code.UNAVAILABLE
                        || status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
        if (retryable && !(retryInfo && trailers.containsKey(PUSHBACK))) {
            faults.add("no delay");
        }
        if (speaksOfInternals(proto)) {
            faults.add("internals in the text");
        }
        return faults;
    }

    /// In its text, or in any text of its details.
    private static boolean speaksOfInternals(com.google.rpc.Status error) {
        return Stream.concat(
                        Stream.of(error.getMessage()),
                        error.getDetailsList().stream()
                                .map(Any::getValue)
                                .map(ByteString::toStringUtf8))
                .anyMatch(text -> INTERNALS.matcher(text).find());
    }

    private static boolean speaksOfFields(ErrorInfo info) {
        return info.getReason().equals("FIELD_VIOLATION")
                || info.getReason().equals("ALL_RECIPIENTS_REJECTED");
    }

    /// Whether the server ended the call.
    private static final class Trailers extends ClientStreamTracer.Factory {
        private volatile boolean arrived;

        @Override
        public ClientStreamTracer newClientStreamTracer(
                ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void inboundTrailers(Metadata trailers) {
                    arrived = true;
                }
            };
        }
    }

    private static boolean isKnown(ErrorInfo info) {
        return info.getDomain().equals("campanile.io")
                && List.of(ErrorReason.values()).stream()
                        .anyMatch(
                                reason -> reason.name().equals("ERROR_REASON_" + info.getReason()));
    }

    private static ErrorInfo info(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
