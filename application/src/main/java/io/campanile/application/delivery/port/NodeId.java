package io.campanile.application.delivery.port;

/// One run of one server process; a restarted server is another node.
public record NodeId(long value) {
    @Override
    public String toString() {
        return "node-" + value;
    }
}
