package io.campanile.server.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Looks into PEM files, so that the setting that names a wrong one can be named: the listener
/// would only say that it did not start.
public final class PemFile {
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

    /// PKCS #1, SEC 1, and PKCS #8 behind a passphrase.
    private static final Pattern OTHER_KEY =
            Pattern.compile("-----BEGIN (RSA|EC|ENCRYPTED) PRIVATE KEY-----");

    private PemFile() {}

    /// There is a private key, in a form that has to be changed first; the message says how.
    public static final class OtherKeyForm extends IllegalArgumentException {
        private OtherKeyForm() {
            super(
                    "the key there has another form, or a passphrase; convert it by 'openssl pkcs8"
                            + " -topk8 -nocrypt -in KEY -out NEW'");
        }
    }

    /// The file itself, once it was read.
    ///
    /// @throws IllegalArgumentException unless it holds at least one certificate, and only such
    ///   that can be read
    public static Path withCertificates(Path file) {
        var _ = certificates(file);
        return file;
    }

    /// When the first certificate ends, which is what a server shows for itself. Those behind it
    /// may have ended: clients take another way to an authority.
    ///
    /// @throws IllegalArgumentException as above
    public static Instant endOf(Path file) {
        return certificates(file).getFirst().getNotAfter().toInstant();
    }

    /// When the first certificate begins.
    ///
    /// @throws IllegalArgumentException as above
    public static Instant startOf(Path file) {
        return certificates(file).getFirst().getNotBefore().toInstant();
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certificates = new ArrayList<X509Certificate>();
            for (byte[] block : blocks(file, "CERTIFICATE")) {
                if (factory.generateCertificate(new ByteArrayInputStream(block))
                        instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no certificate");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The file itself, once it was read.
    ///
    /// @throws IllegalArgumentException unless it holds a private key that can be read
    /// @throws OtherKeyForm when it holds one of another form
    public static Path withPrivateKey(Path file) {
        try {
            List<byte[]> blocks = blocks(file, "PRIVATE KEY");
            if (KEY_ALGORITHMS.stream()
                    .noneMatch(name -> blocks.stream().anyMatch(key -> isKey(name, key)))) {
                throw OTHER_KEY.matcher(text(file)).find()
                        ? new OtherKeyForm()
                        : new IllegalArgumentException("no private key");
            }
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean isKey(String algorithm, byte[] encoded) {
        try {
            var _ =
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// Whether what the key signs is proven by the first certificate, which is what a server shows
    /// for itself. The first key counts, too.
    ///
    /// @param certificates a file with such
    /// @param key a file with a private key
    public static boolean areAPair(Path certificates, Path key) {
        PublicKey shown = certificates(certificates).getFirst().getPublicKey();
        try {
            byte[] encoded = blocks(key, "PRIVATE KEY").getFirst();
            return isKey(shown.getAlgorithm(), encoded) && signsFor(shown, encoded);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean signsFor(PublicKey shown, byte[] encoded) {
        String algorithm = shown.getAlgorithm();
        try {
            var signature =
                    Signature.getInstance(
                            algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            signature.update(encoded);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(encoded);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Such as a signature by a key of another length.
            return false;
        }
    }

    private static List<byte[]> blocks(Path file, String type) throws IOException {
        Pattern block =
                Pattern.compile(
                        "-----BEGIN %1$s-----([A-Za-z0-9+/=\\s]+)-----END %1$s-----"
                                .formatted(type));
        return block.matcher(text(file))
                .results()
                .map(found -> Base64.getMimeDecoder().decode(found.group(1)))
                .toList();
    }

    /// Latin-1 takes any byte, and around the blocks there may be text.
    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
