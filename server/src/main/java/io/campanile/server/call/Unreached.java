package io.campanile.server.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

/// Says why a server was not reached: all that gRPC says is "io exception", and the reason is in
/// the causes.
///
/// @param server host and port, as they were given
/// @param encrypted whether it is called over TLS
record Unreached(String server, boolean encrypted) implements ClientInterceptor {
    /// Chains of causes are short, unless they go in circles.
    private static final int MOST_CAUSES = 50;

    /// What gRPC says when a connection ends before its time, also because the other side took the
    /// first bytes for anything but TLS.
    private static final String CLOSED = "Network closed for unknown reason";

    /// How a connection ends whose last bytes the other side did not even read.
    private static final String RESET = "Connection reset";

    /// How netty begins where bytes are no TLS; the bytes follow.
    private static final String NO_TLS = "not an SSL/TLS record";

    /// How its message ends where the server asked for a certificate and got none that it trusts.
    private static final String NO_CERTIFICATE = "ALERT_CERTIFICATE_REQUIRED";

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                super.onClose(explained(status), trailers);
                            }
                        },
                        headers);
            }
        };
    }

    /// The same, unless it is about a connection: what a server answers has no cause.
    private Status explained(Status status) {
        Throwable cause = status.getCause();
        if (status.getCode() != Status.Code.UNAVAILABLE) {
            return status;
        }
        if (cause != null) {
            return status.withDescription(text(cause));
        }
        return !encrypted && CLOSED.equals(status.getDescription())
                ? status.withDescription(closed())
                : status;
    }

    private String closed() {
        return "%s closed the connection: if it speaks TLS, say --tls or --tls-ca"
                .formatted(server);
    }

    private String text(Throwable failure) {
        Throwable innermost =
                Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .limit(MOST_CAUSES)
                        .reduce(failure, (_, inner) -> inner);
        return switch (innermost) {
            case UnknownHostException _ -> "nobody knows where %s is".formatted(server);
            case ConnectException _ ->
                    "nobody listens on %s: is the server running?".formatted(server);
            case CertificateExpiredException _ ->
                    "the certificate of %s has expired".formatted(server);
            case CertificateNotYetValidException _ ->
                    "the certificate of %s is not valid yet".formatted(server);
            case CertPathBuilderException _ ->
                    "the certificate of %s is signed by nobody who is trusted here: name the authority by --tls-ca"
                            .formatted(server);
            case CertificateException other ->
                    "the certificate of %s does not do: %s".formatted(server, words(other));
            case SSLException tls -> ofTls(words(tls));
            case IOException _ when !encrypted && words(innermost).contains(RESET) -> closed();
            default -> "no connection with %s: %s".formatted(server, words(innermost));
        };
    }

    private String ofTls(String words) {
        if (words.startsWith(NO_TLS)) {
            return "%s does not speak TLS: say --plaintext".formatted(server);
        }
        return words.endsWith(NO_CERTIFICATE)
                ? "%s wants a certificate that it trusts: show it by --tls-certificate and --tls-key"
                        .formatted(server)
                : "no agreement with %s about TLS: %s".formatted(server, words);
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
