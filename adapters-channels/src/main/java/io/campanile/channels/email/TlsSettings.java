package io.campanile.channels.email;

import io.campanile.domain.channel.SmtpServer;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whom a channel configuration trusts: the machine's authorities, its own, or anybody.
record TlsSettings(SSLSocketFactory factory, boolean verify) {
    /// @throws IllegalArgumentException when the trusted certificates are no certificates
    static TlsSettings of(SmtpServer server) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(server), null);
            return new TlsSettings(context.getSocketFactory(), server.verifyCertificate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the trusted certificates cannot be used", e);
        }
    }

    private static TrustManager @Nullable [] trust(SmtpServer server)
            throws GeneralSecurityException, IOException {
        if (!server.verifyCertificate()) {
            return new TrustManager[] {new Anybody()};
        }
        if (server.trustedCertificates().isBlank()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var pem =
                new ByteArrayInputStream(
                        server.trustedCertificates().getBytes(StandardCharsets.US_ASCII));
        int count = 0;
        for (Certificate authority :
                CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("trusted-" + count++, authority);
        }
        if (count == 0) {
            throw new CertificateException("there is none");
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// Secures a fresh connection from its first byte (RFC 8314).
    SSLSocket secure(Socket socket, String host) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(verify ? "HTTPS" : null);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /// For relays with a certificate nobody signed; chosen openly in the channel configuration.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
