// Plainly invented people: ordinary given names, family names put together from syllables, streets and towns that do not exist.
// Nobody here is anybody.

export type Speech = { code: string; name: string; share: number; women: readonly string[]; men: readonly string[]; families: 'english' | 'spanish' | 'joined'; roots: readonly string[] }

const words = (text: string) => text.trim().split(/\s+/)

export const speeches: readonly Speech[] = [
  {
    code: 'en', name: 'English', share: 0.66, families: 'english', roots: [],
    women: words(`Abigail Ada Aisha Alma Amelia Audrey Beatrice Bess Bridget Camille Carol Cecily Chloe Clara Constance Cora Dana Deborah
      Della Dorothea Edith Eleanor Esme Evelyn Faye Flora Frances Georgia Gloria Grace Harriet Hattie Hazel Imani Iris Ivy Jasmine Joan
      Josephine Juniper Keisha Lark Latoya Lena Lila Louisa Mabel Marigold Maya Minnie Nadine Nell Nora Olive Opal Pearl Penelope Phoebe
      Rosalind Ruth Sadie Selma Sylvia Tabitha Tamara Tess Thea Una Vera Willa Winifred Yolanda Zora`),
    men: words(`Abel Alden Amos Archie Asa Barnaby Basil Bernard Caleb Calvin Cedric Chester Clarence Conrad Curtis Darnell Desmond Dexter
      Ebenezer Edgar Elias Ellis Emmett Ernest Ezra Felix Fergus Floyd Franklin Gareth Gideon Gordon Harlan Hector Horace Howard Ira Isaac
      Jarvis Jerome Jonah Jude Kendall Lamar Leander Lewis Linus Lloyd Malcolm Marcus Merle Milton Nathaniel Nolan Orson Oscar Otis Percy
      Quentin Rufus Rupert Russell Silas Simon Solomon Terrence Theo Thaddeus Tobias Tyrone Vernon Walter Wendell Wilbur Xavier Zeke`),
  },
  {
    code: 'es', name: 'Spanish', share: 0.17, families: 'spanish', roots: [],
    women: words(`Alba Alejandra Amparo Araceli Belén Candelaria Carmen Catalina Consuelo Dolores Elvira Esperanza Estela Graciela Guadalupe
      Inés Isabela Itzel Jimena Lourdes Lucía Luz Maricela Marisol Mercedes Milagros Noemí Paloma Pilar Rocío Rosario Socorro Soledad
      Teresa Verónica Xiomara Yesenia Zoraida`),
    men: words(`Adrián Agustín Alonso Andrés Arturo Baltasar Benito César Ciro Cristóbal Eduardo Efraín Emiliano Esteban Fermín Fidel Genaro
      Germán Gonzalo Hernán Ignacio Isidro Jacinto Joaquín Lázaro Leonel Mateo Moisés Nicolás Octavio Raúl Rogelio Rubén Santiago Tomás
      Ulises Vicente Wilfredo`),
  },
  { code: 'vi', name: 'Vietnamese', share: 0.03, families: 'joined', women: words('Bích Diệp Hạnh Lan Linh Mai Ngọc Thảo Thu Trâm'), men: words('An Bảo Dũng Hải Khoa Long Minh Phúc Quang Tuấn'), roots: words('Đào Lê Phạm Trần Võ') },
  { code: 'zh', name: 'Chinese', share: 0.03, families: 'joined', women: words('Fang Hui Jing Lihua Meilin Qing Xiaoyu Ying'), men: words('Bowen Guang Haoran Jianyu Junjie Ming Weimin Zhiyuan'), roots: words('Cao Deng Feng Luo Shen') },
  { code: 'ar', name: 'Arabic', share: 0.02, families: 'joined', women: words('Amal Dalal Farida Hanan Layla Nour Rania Samira'), men: words('Adnan Bashir Faris Hamza Jamil Khalil Nabil Tariq'), roots: words('Bitar Haddad Najjar Qasim Sabbagh') },
  { code: 'ht', name: 'Haitian Creole', share: 0.02, families: 'joined', women: words('Dieula Fabienne Ghislaine Mirlande Nadège Rosemène'), men: words('Evens Fritzner Jocelyn Lucner Renel Wilner'), roots: words('Bellefleur Cherubin Dorvil Montplaisir') },
  { code: 'ru', name: 'Russian', share: 0.02, families: 'joined', women: words('Galina Irina Larisa Oksana Svetlana Tamara'), men: words('Arkady Boris Gennady Leonid Oleg Timur'), roots: words('Berezin Kalinov Lugov Zorin') },
  { code: 'so', name: 'Somali', share: 0.02, families: 'joined', women: words('Deqa Filsan Hodan Idil Sagal Ubah'), men: words('Abdi Bashir Guled Liban Mahad Samatar'), roots: words('Dirir Farole Jirde Warfa') },
  { code: 'pt', name: 'Portuguese', share: 0.02, families: 'joined', women: words('Conceição Fernanda Luísa Marília Rosângela Tainá'), men: words('Anselmo Caetano Davi Gil Joaquim Otávio'), roots: words('Aroeira Brandão Lameira Sobral') },
  { code: 'ase', name: 'American Sign Language', share: 0.01, families: 'english', roots: [], women: words('Ardis Fern Greta Hilda Marlee'), men: words('Clyde Elmer Homer Leland Virgil') },
]

export const familyParts = {
  english: [
    words('Alder Ash Bram Calder Dun Elder Fenn Garl Hazel Iron Kest Lark Marl Nettle Oak Penn Quill Row Sorrel Thorn Under Vale Wick Yar'),
    words('bridge brook combe croft dale field gate grove hollow hurst lea mere moor more shaw stead stone ton ward well wick wold worth'),
  ],
  spanish: [
    words('Alda Bari Cama Dura Espi Fuen Gala Hinoja Lama Mira Nava Olmi Peña Quinta Robla Sala Torre Valde Villa Zara'),
    words('dal lares lva mora nera ñeda nosa rola sola tera vides vero zábal'),
  ],
} as const

export const streets = words('Almond Bluebird Cinder Dovetail Elderberry Foxglove Gristmill Heron Inkwell Juniper Kettle Lantern Millrace Nutmeg Orchard Pinwheel Quarry Ropewalk Sawmill Tannery Umber Violet Whistle Yarrow')
export const streetKinds = ['Street', 'Avenue', 'Lane', 'Road', 'Court', 'Way'] as const

/** Towns that do not exist, in a state that does; the codes are unassigned. */
export const towns = [
  { city: 'Alder Falls', state: 'VT', postalCode: '05990', area: '802' },
  { city: 'Kestrel Harbor', state: 'VT', postalCode: '05991', area: '802' },
  { city: 'Mill Hollow', state: 'VT', postalCode: '05992', area: '802' },
  { city: 'North Tannery', state: 'VT', postalCode: '05993', area: '802' },
  { city: 'Pinwheel', state: 'NY', postalCode: '12990', area: '518' },
  { city: 'Sorrel Point', state: 'NH', postalCode: '03990', area: '603' },
] as const
