package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.net.ExtendedSocketOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketOption;

class SmtpEndpointTest {
    @Test
    void noticesWithinAMinuteThatTheOtherHostIsGone() throws IOException, ConnectionFailed {
        try (var relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HeldSocket socket =
                        new SmtpEndpoint(plain(relay.getLocalPort()), limits(1, 1), null, "")
                                .reached()) {
            assertThat(socket.getKeepAlive()).isTrue();
            int seconds =
                    option(socket, ExtendedSocketOptions.TCP_KEEPIDLE)
                            + option(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL)
                                    * option(socket, ExtendedSocketOptions.TCP_KEEPCOUNT);
            assertThat(seconds).isEqualTo(60);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com, node7, 192.0.2.1, mail.example.com",
        "'', node7.example.com, 192.0.2.1, node7.example.com",
        "'', 3f2a9c01b7de, 192.0.2.1, [192.0.2.1]",
        "'', 192.0.2.7, 192.0.2.1, [192.0.2.1]",
        "'', '', 192.0.2.1, [192.0.2.1]",
        "'', '', 2001:db8::1, [IPv6:2001:db8:0:0:0:0:0:1]",
        "'', fe80::1%eth0, fe80::1, [IPv6:fe80:0:0:0:0:0:0:1]",
    })
    void callsItselfByAWholeNameOrByAnAddressLiteral(
            String configured, String hostName, String local, String expected) throws IOException {
        assertThat(SmtpEndpoint.greetingName(configured, hostName, InetAddress.getByName(local)))
                .isEqualTo(expected);
    }

    private static int option(HeldSocket socket, SocketOption<Integer> option) throws IOException {
        return socket.getOption(option);
    }
}
