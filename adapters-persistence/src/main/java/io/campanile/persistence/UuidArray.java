package io.campanile.persistence;

import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.UUID;

/// A `uuid[]` in PostgreSQL's binary form, which pgjdbc lacks: as text, parsing ids costs the
/// database a tenth of an intake batch.
final class UuidArray extends PGobject implements PGBinaryObject {
    /// What [org.postgresql.PGProperty#BINARY_TRANSFER_ENABLE] needs to know of it.
    static final int ARRAY_OID = 2951;

    private static final long serialVersionUID = 1;
    private static final int ELEMENT_OID = 2950;
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;

    private final byte[] bytes;
    private int end = HEADER_BYTES;

    /// An array to which as many elements are added as it has.
    UuidArray(int elements) {
        bytes = new byte[HEADER_BYTES + elements * (Integer.BYTES + UUID_BYTES)];
        int dimensions = 1;
        int nulls = 0;
        int lowerBound = 1;
        ByteBuffer.wrap(bytes)
                .putInt(dimensions)
                .putInt(nulls)
                .putInt(ELEMENT_OID)
                .putInt(elements)
                .putInt(lowerBound);
        setType("_uuid");
    }

    void add(UUID id) {
        ByteBuffer.wrap(bytes, end, Integer.BYTES + UUID_BYTES)
                .putInt(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        end += Integer.BYTES + UUID_BYTES;
    }

    @Override
    public void setByteValue(byte[] value, int offset) throws SQLException {
        throw new SQLException("uuid[] is only sent");
    }

    /// What pgjdbc asks for where it may not send binary: better no answer than an empty array.
    @Override
    public String getValue() {
        throw new IllegalStateException("binaryTransferEnable must name " + ARRAY_OID);
    }

    @Override
    public int lengthInBytes() {
        return bytes.length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }
}
