package io.campanile.channels.email;

import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.SmtpServer;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;

import jdk.net.ExtendedSocketOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/// How to reach a relay: everything a new connection needs, worked out once.
final class SmtpEndpoint {
    /// With a domain, and no address.
    private static final Pattern WHOLE_NAME =
            Pattern.compile("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z][A-Za-z0-9-]*");

    /// Beside other addresses none gets more time to be reached.
    private static final int LONGEST_TRY_MILLIS = 10_000;

    private static final int KEEP_IDLE_SECONDS = 30;
    private static final int KEEP_INTERVAL_SECONDS = 10;
    private static final int KEEP_COUNT = 3;

    private final SmtpServer server;
    private final TlsSettings tls;
    private final Session session;
    private final URLName url;
    private final String hostName;
    private final int attemptMillis;
    private final Resolver resolver;
    private final RelayAddresses order = new RelayAddresses();

    /// Looks up names, as [InetAddress#getAllByName] does.
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// @param password in the clear; null when nobody signs in
    /// @param hostName what [#hostName] says, which may take long where names cannot be looked up
    SmtpEndpoint(
            SmtpServer server, DeliveryLimits limits, @Nullable String password, String hostName) {
        this(server, limits, password, hostName, InetAddress::getAllByName);
    }

    SmtpEndpoint(
            SmtpServer server,
            DeliveryLimits limits,
            @Nullable String password,
            String hostName,
            Resolver resolver) {
        this.server = server;
        this.resolver = resolver;
        this.hostName = hostName;
        this.tls = TlsSettings.of(server);
        this.session = Session.getInstance(properties(server, tls));
        String user = server.credentials() == null ? null : server.credentials().userName();
        this.url = new URLName("smtp", server.host(), server.port(), null, user, password);
        this.attemptMillis = Math.clamp(limits.attemptTimeout().toMillis(), 1, Integer.MAX_VALUE);
    }

    private static Properties properties(SmtpServer server, TlsSettings tls) {
        var properties = new Properties();
        boolean startTls = server.security() == SmtpServer.Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.put("mail.smtp.ssl.checkserveridentity", Boolean.toString(tls.verify()));
        properties.put("mail.smtp.ssl.socketFactory", tls.factory());
        properties.put("mail.smtp.auth", Boolean.toString(server.credentials() != null));
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    /// What this machine is called; empty if nobody knows.
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "";
        }
    }

    /// What we call ourselves: relays refuse a bare address and a name without a domain, such as a
    /// container's, and take an address literal (RFC 5321, section 4.1.3).
    ///
    /// @param configured empty for no wish
    /// @param local our end of the connection
    static String greetingName(String configured, String hostName, InetAddress local) {
        if (!configured.isEmpty()) {
            return configured;
        }
        if (WHOLE_NAME.matcher(hostName).matches()) {
            return hostName;
        }
        String address = local.getHostAddress().replaceFirst("%.*", "");
        return local instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
    }

    /// Connects, secures the connection and signs in.
    SmtpConnection connect() throws ConnectionFailed {
        HeldSocket socket = reached();
        InetAddress address = socket.getInetAddress();
        var connection = new SmtpConnection(session, url, socket);
        try {
            connection.setLocalHost(
                    greetingName(server.heloName(), hostName, socket.getLocalAddress()));
            Socket used =
                    server.security() == SmtpServer.Security.IMPLICIT_TLS
                            ? tls.secure(socket, server.host())
                            : socket;
            connect(connection, used);
            order.served(address);
            return connection;
        } catch (IOException | MessagingException e) {
            order.failed(address);
            connection.abort();
            throw ConnectionFailed.of(e, connection);
        }
    }

    private void connect(SmtpConnection connection, Socket socket)
            throws IOException, MessagingException {
        try {
            connection.connect(socket);
        } catch (AuthenticationFailedException e) {
            throw connection.takesPasswords() ? e : new NotOffered.PasswordSignInNotOffered();
        } catch (MessagingException e) {
            boolean greeted = connection.getLastReturnCode() == 250;
            throw greeted && wantsStartTls() && !connection.takesStartTls()
                    ? new NotOffered.StartTlsNotOffered()
                    : e;
        }
        if (server.credentials() != null && !connection.takesSignIns()) {
            throw new NotOffered.SignInNotOffered();
        }
    }

    private boolean wantsStartTls() {
        return server.security() == SmtpServer.Security.STARTTLS;
    }

    /// A socket to the first of the relay's addresses where somebody listens.
    HeldSocket reached() throws ConnectionFailed {
        try {
            List<InetAddress> addresses = addresses();
            int millis =
                    addresses.size() == 1
                            ? attemptMillis
                            : Math.clamp(attemptMillis / addresses.size(), 1, LONGEST_TRY_MILLIS);
            IOException failed = new UnknownHostException();
            for (InetAddress address : addresses) {
                try {
                    return connect(address, millis);
                } catch (IOException e) {
                    order.failed(address);
                    failed = e;
                }
            }
            throw failed;
        } catch (IOException e) {
            throw ConnectionFailed.unreachable(e);
        }
    }

    private HeldSocket connect(InetAddress address, int millis) throws IOException {
        var socket = new HeldSocket();
        try {
            socket.setTcpNoDelay(true);
            noticeWhenItIsGone(socket);
            socket.connect(new InetSocketAddress(address, server.port()), millis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// A host that vanished without a word would otherwise be waited for as long as one that thinks
    /// about a final dot: for ten minutes. Like this it is a minute.
    private static void noticeWhenItIsGone(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_IDLE_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_INTERVAL_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_COUNT);
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value)
            throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    /// All of the relay's in the order to try them, with the host as their name. After STARTTLS,
    /// Angus wants a certificate for the name of the address it is connected to, and the name of a
    /// bare address is what a look-up backwards says.
    List<InetAddress> addresses() throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (InetAddress resolved : resolver.resolve(server.host())) {
            addresses.add(InetAddress.getByAddress(server.host(), resolved.getAddress()));
        }
        order.order(addresses);
        return addresses;
    }
}
