import java.nio.file.*;
import java.time.*;
import java.time.format.DateTimeFormatter;
import java.util.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.store.FSDirectory;

/** Lucene with its own defaults, for peers.py: index FOLDER INDEX, or search INDEX KIND WORD… */
public class Lucene {
    public static void main(String[] args) throws Exception {
        if (args[0].equals("index")) {
            index(Path.of(args[1]), Path.of(args[2]));
        } else {
            search(Path.of(args[1]), args[2], Arrays.copyOfRange(args, 3, args.length));
        }
    }

    static void index(Path folder, Path index) throws Exception {
        DateTimeFormatter days = DateTimeFormatter.ofPattern("dd MMMM yyyy", Locale.ENGLISH);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(index), new IndexWriterConfig(new EnglishAnalyzer()));
                var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".txt"))::iterator) {
                String[] parts = Files.readString(file).split("\n", 3);
                Document doc = new Document();
                doc.add(new StringField("path", file.toString(), Field.Store.YES));
                doc.add(new TextField("title", parts[0], Field.Store.YES));
                doc.add(new TextField("body", parts[2], Field.Store.YES));
                doc.add(new LongPoint("day", LocalDate.parse(parts[1], days).toEpochDay()));
                writer.addDocument(doc);
            }
        }
    }

    static void search(Path index, String kind, String[] words) throws Exception {
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index))) {
            String text = switch (kind) {
                case "AND" -> String.join(" AND ", words);
                case "OR" -> String.join(" OR ", words);
                case "phrase" -> '"' + String.join(" ", words) + '"';
                case "prefix" -> words[0] + "*";
                case "fuzzy" -> words[0] + "~1";
                default -> words[0];
            };
            Query query = new QueryParser("body", new EnglishAnalyzer()).parse(text);
            if (kind.equals("date range")) {
                Query range = LongPoint.newRangeQuery("day", LocalDate.of(2018, 1, 1).toEpochDay(), LocalDate.of(2018, 12, 31).toEpochDay());
                query = new BooleanQuery.Builder().add(query, BooleanClause.Occur.MUST).add(range, BooleanClause.Occur.FILTER).build();
            }
            IndexSearcher searcher = new IndexSearcher(reader);
            for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) {
                Document doc = searcher.storedFields().document(hit.doc);
                System.out.println(doc.get("path") + "\n" + doc.get("title"));
            }
        }
    }
}
