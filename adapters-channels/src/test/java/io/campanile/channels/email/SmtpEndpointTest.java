package io.campanile.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.net.ExtendedSocketOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketOption;

class SmtpEndpointTest {
    @Test
    void noticesWithinAMinuteThatTheOtherHostIsGone() throws IOException {
        try (var socket = new HeldSocket()) {
            SmtpEndpoint.noticeWhenItIsGone(socket);

            assertThat(socket.getKeepAlive()).isTrue();
            int seconds =
                    option(socket, ExtendedSocketOptions.TCP_KEEPIDLE)
                            + option(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL)
                                    * option(socket, ExtendedSocketOptions.TCP_KEEPCOUNT);
            assertThat(seconds).isEqualTo(60);
        }
    }

    private static int option(HeldSocket socket, SocketOption<Integer> option) throws IOException {
        return socket.getOption(option);
    }
}
