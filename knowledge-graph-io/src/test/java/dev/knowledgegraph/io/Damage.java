package dev.knowledgegraph.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** What can happen to a file. */
enum Damage {
  CUT {
    @Override
    byte[] to(byte[] file, Random random) {
      return Arrays.copyOf(file, random.nextInt(file.length + 1));
    }
  },
  FLIP_BITS {
    @Override
    byte[] to(byte[] file, Random random) {
      byte[] damaged = file.clone();
      for (int i = 0; i <= random.nextInt(20) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return damaged;
    }
  },
  RANDOM_BYTES {
    @Override
    byte[] to(byte[] file, Random random) {
      byte[] bytes = new byte[1 + random.nextInt(50)];
      random.nextBytes(bytes);
      return insert(file, bytes, random);
    }
  },
  ODD_BYTES {
    @Override
    byte[] to(byte[] file, Random random) {
      byte[][] odd = {
        {0},
        {(byte) 0xff},
        {(byte) 0xc0, (byte) 0x80},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xf5, 1, 1, 1},
        {(byte) 0xe2, (byte) 0x82},
        {'\r'},
        {'\n'},
        {'"'},
        {'\''},
        {'\\'},
        {0x1f, (byte) 0x8b},
        {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
        {0x1a},
        {0x0b},
        {0x7f}
      };
      return insert(file, odd[random.nextInt(odd.length)], random);
    }
  },
  OTHER_ENCODING {
    @Override
    byte[] to(byte[] file, Random random) {
      String text = new String(file, UTF_8) + "äöü€";
      return switch (random.nextInt(4)) {
        case 0 -> text.getBytes(UTF_16);
        case 1 -> text.getBytes(UTF_16LE);
        case 2 -> text.getBytes(ISO_8859_1);
        default -> ("\ufeff" + text).getBytes(UTF_8);
      };
    }
  },
  OTHER_WORD {
    private static final List<String> WORDS =
        List.of(
            "NaN",
            "Infinity",
            "-1e999",
            "1e999",
            "1e-999",
            "99999999999999999999",
            "-0",
            "0x1F",
            "2026-13-45",
            "0000-00-00T25:61:61Z",
            "+1000000000-12-31",
            "true",
            "null",
            "NULL",
            "00000000-0000-0000-0000-000000000000",
            "not-an-id",
            "../../../../etc/passwd",
            "..\\..\\x",
            "/etc/passwd",
            "CON",
            "a\u0000b",
            "\u202e",
            "\ud83d\ude00",
            "=cmd|' /C'!A0",
            "%s%s%n",
            "${jndi:ldap://x}",
            "'; DROP TABLE node; --",
            "<b>",
            "]]>",
            "&xxe;",
            "[[a]]",
            "[]",
            "{}",
            "{\"a\":",
            "\"",
            "\"\"\"",
            "---",
            "\ud83d",
            "id",
            "source",
            ":ID",
            ":START_ID",
            "-9223372036854775808",
            "9223372036854775808",
            "1_000",
            "١٢٣",
            "",
            " ",
            "\t",
            "|",
            ";;");

    @Override
    byte[] to(byte[] file, Random random) {
      String[] parts = new String(file, UTF_8).split("(?<=[,;|\\s\"<>:=])|(?=[,;|\\s\"<>:=])", -1);
      for (int i = 0; i <= random.nextInt(3); i++) {
        parts[random.nextInt(parts.length)] = WORDS.get(random.nextInt(WORDS.size()));
      }
      return String.join("", parts).getBytes(UTF_8);
    }
  },
  SHUFFLED_LINES {
    @Override
    byte[] to(byte[] file, Random random) {
      List<String> lines = lines(file);
      Collections.shuffle(lines, random);
      return String.join("\n", lines).getBytes(UTF_8);
    }
  },
  LINE_TWICE {
    @Override
    byte[] to(byte[] file, Random random) {
      List<String> lines = lines(file);
      int line = random.nextBoolean() ? 0 : random.nextInt(lines.size());
      lines.add(random.nextInt(lines.size() + 1), lines.get(line));
      return String.join("\n", lines).getBytes(UTF_8);
    }
  },
  NO_LINE {
    @Override
    byte[] to(byte[] file, Random random) {
      List<String> lines = lines(file);
      lines.remove(random.nextBoolean() ? 0 : random.nextInt(lines.size()));
      return String.join("\n", lines).getBytes(UTF_8);
    }
  },
  NO_COLUMN {
    @Override
    byte[] to(byte[] file, Random random) {
      int column = random.nextInt(4);
      return String.join(
              "\n",
              lines(file).stream()
                  .map(
                      line -> {
                        var cells = new ArrayList<>(List.of(line.split("(?<=[,|\t])", -1)));
                        if (column < cells.size()) {
                          cells.remove(column);
                        }
                        return String.join("", cells);
                      })
                  .toList())
          .getBytes(UTF_8);
    }
  },
  GIANT_FIELD {
    @Override
    byte[] to(byte[] file, Random random) {
      int size = random.nextInt(20) == 0 ? 17 << 20 : 1 + random.nextInt(1_200_000);
      byte[] giant = new byte[size];
      Arrays.fill(giant, (byte) "x [{<,\"\n".charAt(random.nextInt(8)));
      return insert(file, giant, random);
    }
  },
  DEEP {
    @Override
    byte[] to(byte[] file, Random random) {
      String open = List.of("[", "{\"a\":", "<a>", "- ", "[[", "<!--", "\"").get(random.nextInt(7));
      return insert(file, open.repeat(1 + random.nextInt(100_000)).getBytes(UTF_8), random);
    }
  },
  FROM_ANOTHER {
    @Override
    byte[] to(byte[] file, Random random) {
      byte[] half = Arrays.copyOfRange(file, file.length / 2, file.length);
      return insert(file, half, random);
    }
  },
  GZIP {
    @Override
    byte[] to(byte[] file, Random random) {
      return packed(file);
    }
  },
  BROKEN_GZIP {
    @Override
    byte[] to(byte[] file, Random random) {
      Damage damage = List.of(CUT, FLIP_BITS, RANDOM_BYTES, FROM_ANOTHER).get(random.nextInt(4));
      return damage.to(packed(file), random);
    }
  },
  GZIP_BOMB {
    @Override
    byte[] to(byte[] file, Random random) {
      String line =
          List.of("\n", "a,b\n", "x", "{\"node\":{}}\n", " ", "\u0000").get(random.nextInt(6));
      byte[] block = line.repeat((1 << 20) / line.length()).getBytes(UTF_8);
      var bytes = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(bytes)) {
        out.write(file);
        for (int i = 0; i < 40; i++) {
          out.write(block);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  };

  private static final int LARGE = 1 << 20;
  private static final Set<Damage> TEXTUAL =
      EnumSet.of(OTHER_ENCODING, OTHER_WORD, SHUFFLED_LINES, LINE_TWICE, NO_LINE, NO_COLUMN, DEEP);

  abstract byte[] to(byte[] file, Random random);

  /** Any; the large ones seldom, for they take long to make. */
  static Damage any(Random random) {
    Damage damage = List.of(values()).get(random.nextInt(values().length));
    boolean large = damage == GIANT_FIELD || damage == DEEP || damage == GZIP_BOMB;
    return large && random.nextInt(3) > 0 ? OTHER_WORD : damage;
  }

  /** The damage, unless the file is so large that the damage would cost more than the import. */
  byte[] done(byte[] file, Random random) {
    return file.length > LARGE && TEXTUAL.contains(this) ? file : to(file, random);
  }

  private static byte[] insert(byte[] file, byte[] more, Random random) {
    int at = random.nextInt(file.length + 1);
    byte[] longer = new byte[file.length + more.length];
    System.arraycopy(file, 0, longer, 0, at);
    System.arraycopy(more, 0, longer, at, more.length);
    System.arraycopy(file, at, longer, at + more.length, file.length - at);
    return longer;
  }

  private static List<String> lines(byte[] file) {
    return new ArrayList<>(List.of(new String(file, UTF_8).split("\n", -1)));
  }

  private static byte[] packed(byte[] file) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
