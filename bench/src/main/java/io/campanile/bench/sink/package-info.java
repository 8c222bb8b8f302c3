/// Where mails end: an SMTP server that counts them and notes when they came.
@NullMarked
package io.campanile.bench.sink;

import org.jspecify.annotations.NullMarked;
