/// Transactions, and what is written within them for others to notice.
@org.jspecify.annotations.NullMarked
package io.campanile.application.store.port;
